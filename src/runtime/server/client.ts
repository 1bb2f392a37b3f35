import type { NodeHttpResponse } from "./node-http.ts";

/** Who waits for a response. */
export class Client {
  #gone = false;
  #controller: AbortController | undefined;
  /** Whether the client went away before it had the whole answer. */
  #left = false;

  constructor(response: NodeHttpResponse) {
    response.once("close", () => {
      this.#gone = true;
      if (!response.writableEnded) {
        this.#left = true;
        this.#controller?.abort(clientGone);
      }
    });
  }

  /** True once the connection, or the stream of HTTP/2, is closed. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Aborted when the client goes away before it has the whole answer. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#left) {
        this.#controller.abort(clientGone);
      }
    }
    return this.#controller.signal;
  }
}

/** One for all, as it costs more to make than to use. */
const clientGone = new DOMException("the client went away", "AbortError");
