/** Time as this folder sees it; tests have one of their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after that time; rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    abortable(signal, (done) => {
      const timer = setTimeout(done, milliseconds);
      return () => clearTimeout(timer);
    }),
};

/** What a promise settles with, unless the signal aborts first. What is promised goes on. */
export function raced<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return signal === undefined
    ? promise
    : Promise.race([promise, abortable<never>(signal, () => () => {}, promise)]);
}

/**
 * A promise that a signal can reject.
 *
 * @param until when it settles, the signal is let go
 */
function abortable<T = void>(
  signal: AbortSignal | undefined,
  start: (done: (value: T) => void) => () => void,
  until?: Promise<unknown>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    const release = () => signal?.removeEventListener("abort", onAbort);
    const cancel = start((value) => {
      release();
      resolve(value);
    });
    signal?.addEventListener("abort", onAbort, { once: true });
    until?.then(release, release);
  });
}
