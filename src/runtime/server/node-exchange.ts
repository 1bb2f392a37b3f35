import type { CallerSignal } from "../action/call.ts";
import type { HeaderReader } from "../action/headers.ts";
import type { HttpRequest } from "../http/exchange.ts";
import type { Client } from "./client.ts";
import { readBody } from "./node-body.ts";
import { NodeHeaders } from "./node-headers.ts";
import type { NodeHttpRequest } from "./node-http.ts";
import type { Target } from "./target.ts";

/** A request of Node as doors see it. */
export class NodeExchange implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: HeaderReader;
  readonly signal: CallerSignal;
  readonly #request: NodeHttpRequest;

  constructor({ path, query }: Target, request: NodeHttpRequest, client: Client) {
    this.method = request.method ?? "";
    this.path = path;
    this.query = query;
    this.headers = new NodeHeaders(request);
    this.signal = client;
    this.#request = request;
  }

  get origin(): string | undefined {
    // HTTP/2 has a pseudo-header in the place of `host`.
    const host = this.headers.get(":authority") ?? this.headers.get("host");
    const { socket } = this.#request;
    const secure = "encrypted" in socket && socket.encrypted === true;
    return host === undefined ? undefined : `${secure ? "https" : "http"}://${host}`;
  }

  body(maxBytes: number): Promise<Uint8Array> {
    return readBody(this.#request, this.headers, this.signal, maxBytes);
  }
}
