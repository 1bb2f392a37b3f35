import { ActionError } from "./error.ts";
import type { Logger } from "./logger.ts";

/** When calls are turned away, with `unavailable`, before anything of them is read. */
export interface OverloadOptions {
  /** More calls than this at once are turned away. No limit by default. */
  readonly maxInFlight?: number | undefined;
  /**
   * Calls that had to wait longer than this for the process to look at them, in
   * milliseconds, are turned away. 1400 by default: half of what a callback has.
   */
  readonly maxDelayMs?: number | undefined;
  /**
   * How long a call that is looked at now has waited for the process already,
   * in milliseconds. A server on Node knows by itself; elsewhere it is 0.
   */
  readonly delayMs?: (() => number) | undefined;
}

/** Decides which calls are taken. */
export interface Overload {
  /** How long a call that is looked at now has waited, in milliseconds. */
  delayMs(): number;
  /** Why a call that has waited so long is turned away; undefined if it is taken. */
  refusal(inFlight: number, delayMs: number): ActionError | undefined;
  /** Takes note of a call that was turned away. */
  report(inFlight: number, delayMs: number): void;
}

/** When callers may try again, in milliseconds: long enough to work off what has piled up. */
const retryAfterMs = 1000;

/** How often the log tells of calls that are turned away, in milliseconds. */
const reportMs = 5000;

/** Completes the options. Throws an error that names the mend if one is no limit. */
export function createOverload(options: OverloadOptions, log: Logger): Overload {
  const { maxInFlight = Number.POSITIVE_INFINITY, maxDelayMs = 1400, delayMs } = options;
  for (const [name, value] of Object.entries({ maxInFlight, maxDelayMs })) {
    if (!(value > 0)) {
      throw new Error(
        `overload.${name} must be more than 0, not ${value}: leave it out for its default`,
      );
    }
  }
  // One for all: to note a stack for each would take a third of the time of a refusal.
  const refusal = new ActionError("unavailable", "the server is overloaded; try again later", {
    retryAfterMs,
  });
  let turnedAway = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;

  return {
    delayMs: delayMs ?? (() => 0),
    refusal: (inFlight, waitedMs) =>
      inFlight >= maxInFlight || waitedMs > maxDelayMs ? refusal : undefined,
    report(inFlight, waitedMs) {
      turnedAway += 1;
      const now = Date.now();
      if (Math.abs(now - reportedAt) >= reportMs) {
        log.warn("calls are turned away: the server is overloaded", {
          calls: turnedAway,
          in_flight: inFlight,
          delay_ms: Math.round(waitedMs),
        });
        turnedAway = 0;
        reportedAt = now;
      }
    },
  };
}
