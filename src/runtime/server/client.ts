import type { NodeHttpResponse } from "./node-http.ts";

/** Who waits for a response. */
export interface Client {
  /** True once the connection, or the stream of HTTP/2, is closed. */
  readonly gone: boolean;
  /** Aborted when the client goes away before it has the whole answer. */
  readonly signal: AbortSignal;
}

/** Watches over the client of a response from its beginning. */
export function watchClient(response: NodeHttpResponse): Client {
  let controller: AbortController | undefined;
  let left = false;
  const client = {
    gone: false,
    get signal() {
      if (controller === undefined) {
        controller = new AbortController();
        if (left) {
          controller.abort(clientGone);
        }
      }
      return controller.signal;
    },
  };
  response.once("close", () => {
    client.gone = true;
    left = !response.writableEnded;
    if (left) {
      controller?.abort(clientGone);
    }
  });
  return client;
}

/** One for all, as it costs more to make than to use. */
const clientGone = new DOMException("the client went away", "AbortError");
