import { ActionError } from "../action/error.ts";
import { abortError, isAborted } from "./attempt.ts";
import type { ApiSession } from "./call-api.ts";

/** How to wait for something that the platform works on. */
export interface WaitOptions {
  /**
   * How long to wait, in milliseconds: two minutes if left out, and never longer
   * than the call's own deadline.
   */
  readonly timeoutMs?: number | undefined;
}

/**
 * Asks until what is answered is final, first after a second, then ever
 * less often, at least every 5 s. It ends: as `deadline_exceeded` if time is up.
 */
export async function poll<T>(
  { endpoint: { clock }, deadline, signal }: ApiSession,
  { timeoutMs = 120_000 }: WaitOptions,
  ask: () => Promise<T>,
  isFinal: (answer: T) => boolean,
): Promise<T> {
  const end = Math.min(deadline, clock.now() + timeoutMs);
  for (let waitMs = 1_000; ; waitMs = Math.min(waitMs * 1.5, 5_000)) {
    const answer = await ask();
    if (isFinal(answer)) {
      return answer;
    }
    if (clock.now() + waitMs >= end) {
      throw new ActionError("deadline_exceeded", "the bot platform is still at work on it");
    }
    await clock.sleep(waitMs, signal).catch((reason: unknown) => {
      throw isAborted(signal) ? abortError(signal) : reason;
    });
  }
}
