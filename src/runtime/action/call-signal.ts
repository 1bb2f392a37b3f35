/**
 * Why a call was aborted. All calls share the two reasons: to make a
 * `DOMException` costs several microseconds, for a stack that says nothing.
 */
export type AbortCause = "deadline" | "canceled";

const reasons = {
  deadline: new DOMException("the call took too long", "TimeoutError"),
  canceled: new DOMException("the call was canceled", "AbortError"),
};

/** The abort signal of a call, made when it is first asked for. */
export class CallSignal {
  #controller: AbortController | undefined;
  #cause: AbortCause | undefined;

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#cause !== undefined) {
        this.#controller.abort(reasons[this.#cause]);
      }
    }
    return this.#controller.signal;
  }

  /** Aborts the signal; the first cause stays. */
  abort(cause: AbortCause): void {
    if (this.#cause === undefined) {
      this.#cause = cause;
      this.#controller?.abort(reasons[cause]);
    }
  }
}
