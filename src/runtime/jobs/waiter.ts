import type { Outcome } from "../action/call.ts";

/** A caller who waits a while for the outcome of a job. */
export interface Waiter {
  /** The outcome; undefined if the caller waits no longer. */
  readonly outcome: Promise<Outcome | undefined>;
  /**
   * What takes the outcome, if the caller still waits. From then on it does: who
   * asks has to answer.
   */
  claim(): ((outcome: Outcome) => void) | undefined;
  /** Sends the caller away without an outcome. */
  dismiss(): void;
}

/** Waits for some time, or until the signal says that nobody is there. */
export function waiter(waitMs: number, signal: AbortSignal): Waiter {
  const { promise, resolve } = Promise.withResolvers<Outcome | undefined>();
  let waiting = true;
  const leave = (): boolean => {
    const waited = waiting;
    waiting = false;
    clearTimeout(timer);
    signal.removeEventListener("abort", dismiss);
    return waited;
  };
  const dismiss = () => {
    if (leave()) {
      resolve(undefined);
    }
  };
  const timer = setTimeout(dismiss, waitMs);
  signal.addEventListener("abort", dismiss);
  if (signal.aborted) {
    dismiss();
  }
  return { outcome: promise, claim: () => (leave() ? resolve : undefined), dismiss };
}
