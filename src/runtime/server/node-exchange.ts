import type { HeaderReader } from "../action/headers.ts";
import type { HttpRequest } from "../http/exchange.ts";
import type { Client } from "./client.ts";
import { readBody } from "./node-body.ts";
import { NodeHeaders } from "./node-headers.ts";
import type { NodeHttpRequest } from "./node-http.ts";
import type { Target } from "./target.ts";

/**
 * A request of Node as doors see it.
 *
 * A class, because a getter in an object literal makes V8 build a hidden class
 * for every single object. Those live until the next full collection, and all
 * that their getters refer to with them: it cost half of a server's throughput.
 */
export class NodeExchange implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: HeaderReader;
  readonly #request: NodeHttpRequest;
  readonly #client: Client;

  constructor({ path, query }: Target, request: NodeHttpRequest, client: Client) {
    this.method = request.method ?? "";
    this.path = path;
    this.query = query;
    this.headers = new NodeHeaders(request);
    this.#request = request;
    this.#client = client;
  }

  get signal(): AbortSignal {
    return this.#client.signal;
  }

  body(maxBytes: number): Promise<Uint8Array> {
    return readBody(this.#request, maxBytes);
  }
}
