import { Caller } from "./caller.ts";
import type { NodeHttpResponse } from "./node-http.ts";

/** Who waits for a response of Node. */
export class Client extends Caller {
  #gone = false;

  constructor(response: NodeHttpResponse) {
    super();
    response.on("close", () => {
      this.#gone = true;
      if (!response.writableEnded) {
        this.abort();
      }
    });
  }

  /** True once the connection, or the stream of HTTP/2, is closed. */
  get gone(): boolean {
    return this.#gone;
  }
}
