import type { CallerSignal } from "../action/call.ts";
import type { HeaderReader } from "../action/headers.ts";
import type { WholeBody } from "./whole-body.ts";

/** One HTTP request, the same whether it came through `node:http` or `fetch`. */
export interface HttpRequest {
  /** In upper case, for example `POST`. */
  readonly method: string;
  /** Begins with a slash, still percent-encoded, without the query. */
  readonly path: string;
  /** What follows the question mark; empty without one. */
  readonly query: string;
  /**
   * Scheme and host by which the caller reached this server, or the proxy
   * before it, for example `https://bot.example.com`. The caller says so.
   */
  readonly origin: string | undefined;
  readonly headers: HeaderReader;
  /** Aborted when the client goes away before it has the whole answer. */
  readonly signal: CallerSignal;

  /**
   * Reads the whole body, once; at once if all of it is there. Throws, or rejects
   * with, a `Refusal` if it is longer than `maxBytes` (413, as soon as that is
   * known) or is cut off (400).
   */
  body(maxBytes: number): Uint8Array | Promise<Uint8Array>;
}

/** One HTTP answer. */
export interface HttpResponse {
  readonly status: number;
  /**
   * Names in lower case, each followed by its value. The adapters add
   * `content-length`.
   */
  readonly headers: readonly string[];
  /** The whole body, or its pieces as they come. */
  readonly body: WholeBody | AsyncIterable<string>;
}

/** An answer whose body is complete. */
export interface TextResponse extends HttpResponse {
  readonly body: string;
}

/**
 * Answers requests, at once if nothing has to be waited for. It neither throws nor
 * rejects: a failure is an answer, too.
 */
export type HttpHandler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;
