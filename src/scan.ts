/**
 * botwire/scan: has a scanner look at the content of calls before their
 * handlers do. Runs on Node, Deno, Bun, browsers and edge workers.
 */
export { type ScanContentOptions, scanContent } from "./runtime/scan/scan-content.ts";
export type { Scanner, ScanOptions } from "./runtime/scan/scanner.ts";
export type { UnwrapLimits } from "./runtime/scan/unwrap.ts";
