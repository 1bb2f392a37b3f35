import { ActionError } from "../action/error.ts";
import { toActionError } from "../action/to-action-error.ts";
import type { CallOptions } from "./transport.ts";

/** Ends a call when its time is up or its caller gives up. */
export interface CallLimits {
  readonly signal: AbortSignal;
  /** What ended the call, given what it failed with. */
  failure(reason: unknown): ActionError;
  /** Starts the time anew: from now on the call has this many milliseconds. */
  restart(timeoutMs: number): void;
  /** Must be called when the call is over: aborts what is still running. */
  release(): void;
}

/** Makes the limits of one call. */
export function callLimits({ signal, timeoutMs }: CallOptions): CallLimits {
  const over = new AbortController();
  let timedOut = false;
  const onTimeout = () => {
    timedOut = true;
    over.abort(new DOMException("the call took too long", "TimeoutError"));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restart = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(onTimeout, Math.max(milliseconds, 0));
  };
  if (timeoutMs !== undefined) {
    restart(timeoutMs);
  }
  const onAbort = () => over.abort(signal?.reason);
  if (signal?.aborted === true) {
    onAbort();
  } else {
    signal?.addEventListener("abort", onAbort);
  }
  return {
    signal: over.signal,
    failure(reason) {
      if (timedOut) {
        return new ActionError("deadline_exceeded", "the call took too long", { cause: reason });
      }
      return signal?.aborted === true
        ? new ActionError("canceled", "the call was canceled", { cause: reason })
        : toActionError(reason);
    },
    restart,
    release() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      over.abort();
    },
  };
}
