import type { ScanRequest, ScanResponse } from "../../../generated/types/bot/scan/v1/scanner.ts";
import { beforeAbort } from "../action/before-abort.ts";
import { ActionError } from "../action/error.ts";
import { callLimits } from "../client/call-limits.ts";
import { findings, type Scanner, type ScanOptions } from "../scan/scanner.ts";
import type { ClamdAddress } from "./clamd-command.ts";
import { checkClamd, scanWithClamd } from "./engine.ts";
import { Slots } from "./slots.ts";
import { VerdictCache } from "./verdict-cache.ts";
import { WatchedEngine } from "./watched-engine.ts";

/** Where clamd is, and how it is used. */
export type ClamavScannerOptions = ClamdAddress & {
  /**
   * How many parts are scanned at the same time, each on a connection of its
   * own. 8 by default; clamd's `MaxThreads` is 10.
   */
  readonly connections?: number | undefined;
  /**
   * The longest that a scan may take, in milliseconds, if its caller allows
   * more. 5000 by default.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The largest part that is sent, in bytes. 25 MiB by default; set it to
   * clamd's `StreamMaxLength` or less.
   */
  readonly maxBytes?: number | undefined;
  /**
   * How long it is taken for granted that clamd has its signatures, in
   * milliseconds. 10,000 by default.
   */
  readonly checkMs?: number | undefined;
  /** How many verdicts are remembered; 10,000 by default, of some 200 bytes each. */
  readonly cachedVerdicts?: number | undefined;
  /**
   * How long a verdict is remembered, in milliseconds, unless clamd gets other
   * signatures before. 600,000 by default.
   */
  readonly cacheMs?: number | undefined;
};

/** A scanner that clamd is behind. */
export interface ClamavScanner extends Scanner {
  /**
   * Resolves if clamd answers and finds the EICAR test string, and rejects
   * otherwise: for `readiness` of `createBotServer`.
   */
  ready(signal?: AbortSignal): Promise<void>;
}

/**
 * Makes a scanner of a running clamd. Nothing is connected until something is
 * scanned, and nothing stays connected after it.
 *
 * Throws a `TypeError` that names the mend if an option is wrong.
 */
export function clamavScanner(options: ClamavScannerOptions): ClamavScanner {
  const { connections = 8, timeoutMs = 5000, maxBytes = 25 * 1024 * 1024 } = options;
  const { checkMs = 10_000, cachedVerdicts = 10_000, cacheMs = 600_000 } = options;
  const address = addressOf(options);
  for (const [name, value] of Object.entries({
    connections,
    timeoutMs,
    maxBytes,
    checkMs,
    cachedVerdicts,
    cacheMs,
  })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new TypeError(`clamavScanner: ${name} must be an integer of 1 or more, not ${value}`);
    }
  }
  const slots = new Slots(connections);
  const cache = new VerdictCache(cachedVerdicts, cacheMs);
  // A check belongs to all who wait for it, so no caller's signal ends it.
  const engine = new WatchedEngine(
    () => checkClamd(address, AbortSignal.timeout(timeoutMs)),
    checkMs,
  );

  async function verdictOn(part: Uint8Array, version: string, signal: AbortSignal) {
    if (part.length > maxBytes) {
      return { finding: findings.tooLarge, signature: "" };
    }
    const key = cache.keyOf(part, version);
    const known = cache.get(key);
    if (known !== undefined) {
      return known;
    }
    const verdict = await slots.run(signal, () => scanWithClamd(address, part, signal));
    if (verdict.finding !== findings.tooLarge) {
      cache.set(key, verdict);
    }
    return verdict;
  }

  async function scan(
    { parts }: ScanRequest,
    { signal, timeoutMs: callerMs = timeoutMs }: ScanOptions = {},
  ): Promise<ScanResponse> {
    const limits = callLimits({
      ...(signal && { signal }),
      timeoutMs: Math.min(callerMs, timeoutMs),
    });
    try {
      const version = await beforeAbort(engine.version(), limits.signal);
      const verdicts = await Promise.all(
        parts.map((part) => verdictOn(part, version, limits.signal)),
      );
      return { verdicts };
    } catch (reason) {
      throw failure(reason, signal);
    } finally {
      limits.release();
    }
  }

  function failure(reason: unknown, signal: AbortSignal | undefined): ActionError {
    if (signal?.aborted === true) {
      return new ActionError("canceled", "the scan was canceled", { cause: reason });
    }
    engine.doubt();
    return new ActionError("unavailable", "the virus scanner is not available", { cause: reason });
  }

  return {
    scan,
    async ready(signal = AbortSignal.timeout(timeoutMs)) {
      await beforeAbort(engine.verify(), signal);
    },
  };
}

function addressOf(options: ClamdAddress): ClamdAddress {
  if ("socket" in options) {
    return { socket: options.socket };
  }
  const { host, port } = options;
  if (typeof host !== "string" || !Number.isInteger(port)) {
    throw new TypeError(
      'clamavScanner: say where clamd listens, as { socket: "/run/clamav/clamd.ctl" } or { host, port }',
    );
  }
  return { host, port };
}
