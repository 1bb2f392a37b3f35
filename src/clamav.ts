/**
 * botwire/clamav: a scanner for `botwire/scan`, and for a service of its own,
 * with ClamAV behind it. For Node.
 */
export {
  type ClamavScanner,
  type ClamavScannerOptions,
  clamavScanner,
} from "./runtime/clamav/clamav-scanner.ts";
export type { ClamdAddress } from "./runtime/clamav/clamd-command.ts";
