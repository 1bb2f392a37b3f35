import type { CallerSignal } from "../action/call.ts";
import type { NodeHttpResponse } from "./node-http.ts";

/**
 * Who waits for a response. It is a signal by itself, because an `AbortSignal`
 * for every request costs more than all else that a door does, most of it in
 * garbage that outlives minor collections.
 */
export class Client implements CallerSignal {
  #gone = false;
  #aborted = false;
  readonly #listeners: (() => void)[] = [];

  constructor(response: NodeHttpResponse) {
    response.on("close", () => {
      this.#gone = true;
      if (!response.writableEnded) {
        this.#aborted = true;
        for (const listener of [...this.#listeners]) {
          listener();
        }
      }
    });
  }

  /** True once the connection, or the stream of HTTP/2, is closed. */
  get gone(): boolean {
    return this.#gone;
  }

  /** True if the client went away before it had the whole answer. */
  get aborted(): boolean {
    return this.#aborted;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at >= 0) {
      this.#listeners.splice(at, 1);
    }
  }
}
