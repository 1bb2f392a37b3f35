import { toActionError } from "./to-action-error.ts";

/**
 * What a promise resolves to, unless the signal is aborted before: then it rejects
 * with the error that stands for the reason, whatever those do who listen to no
 * signal.
 */
export function beforeAbort<T>(pending: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(toActionError(signal.reason));
    const done = () => signal.removeEventListener("abort", onAbort);
    if (signal.aborted) {
      onAbort();
    } else {
      signal.addEventListener("abort", onAbort);
    }
    pending.then(resolve, reject).then(done);
  });
}
