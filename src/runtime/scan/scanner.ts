import type { ScanRequest, ScanResponse } from "../../../generated/types/bot/scan/v1/scanner.ts";

/**
 * Tells malicious content from harmless. A client of `bot.scan.v1.ScannerService`
 * is one, as is an engine in this process.
 *
 * It answers with a verdict for each part, or rejects: it never says that
 * something is clean which it did not look at.
 */
export interface Scanner {
  scan(request: ScanRequest, options?: ScanOptions): Promise<ScanResponse>;
}

/** What limits one scan. */
export interface ScanOptions {
  /** Ends the scan when it is aborted. */
  readonly signal?: AbortSignal;
  /** How long the caller waits, in milliseconds. */
  readonly timeoutMs?: number;
}

/** The values of `bot.scan.v1.Finding`. */
export const findings = { clean: 1, infected: 2, tooLarge: 3 } as const;
