import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";

/** A request of HTTP/1.1 or HTTP/2. */
export type NodeHttpRequest = IncomingMessage | Http2ServerRequest;

/** What the responses of HTTP/1.1 and HTTP/2 have in common, as far as it is used. */
export interface NodeHttpResponse extends EventEmitter {
  statusCode: number;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  getHeader(name: string): number | string | string[] | undefined;
  setHeader(name: string, value: string): unknown;
  /** @param headers names, each followed by its value */
  writeHead(status: number, headers: string[]): unknown;
  /** Returns false if it is better to wait for `drain` before the next piece. */
  write(piece: string): boolean;
  end(): unknown;
  end(body: string, encoding: "latin1"): unknown;
  destroy(): unknown;
}

/** Answers requests of HTTP/1.1 and HTTP/2. */
export type NodeHttpHandler = (request: NodeHttpRequest, response: NodeHttpResponse) => void;
