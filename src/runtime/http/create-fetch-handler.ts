import { createJsonLogger } from "../action/json-logger.ts";
import { createPipeline, type PipelineOptions } from "../action/pipeline.ts";
import { brokenAnswer, notFoundAnswer } from "./answers.ts";
import { type CompressionOptions, compression } from "./compression.ts";
import { type CorsOptions, createCors, isPreflight } from "./cors.ts";
import type { Door, OpenDoor } from "./door.ts";
import { openDoors } from "./door-table.ts";
import { fetchExchange, fetchResponse, pairs, readHeaders } from "./fetch-exchange.ts";
import { webCompressor } from "./web-compressor.ts";
import { webCrypto } from "./web-crypto.ts";

/** What a fetch handler is made of. */
export interface FetchHandlerOptions extends PipelineOptions {
  /** The ways in. */
  readonly doors: readonly Door[];
  /** The service's name in log lines. */
  readonly name?: string | undefined;
  /** Which pages of other origins may call. None by default. */
  readonly cors?: CorsOptions | undefined;
  /**
   * Whether answers are compressed for clients that accept it. Not by default:
   * mostly a proxy does that. RPC doors compress by themselves, streams stay as
   * they are.
   */
  readonly compression?: boolean | CompressionOptions | undefined;
}

/** Answers a request of the Fetch API. It never rejects. */
export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * Serves actions where requests come as those of the Fetch API: edge workers,
 * Deno, Bun, the routes of a web framework.
 *
 * Throws an error that names the mend if the actions, a door or an option
 * cannot be served.
 */
export function createFetchHandler(options: FetchHandlerOptions): FetchHandler {
  const log = options.log ?? createJsonLogger({ service: options.name });
  const pipeline = createPipeline({ ...options, log });
  const host = { pipeline, log, crypto: webCrypto };
  const around = compression(options.compression, webCompressor);
  const doors = openDoors(options.doors, host, "fetch", around);
  const cors = options.cors === undefined ? undefined : createCors(options.cors);

  return async (request) => {
    const { pathname } = new URL(request.url);
    const door = doors.find(pathname);
    if (door === undefined) {
      const { method } = request;
      return fetchResponse(notFoundAnswer(method, pathname, doors.summary, readHeaders(request)));
    }
    const origin = request.headers.get("origin") ?? undefined;
    if (cors !== undefined && isPreflight(request.method, readHeaders(request))) {
      return new Response(null, { status: 204, headers: pairs(cors.preflight(origin, door)) });
    }
    const response = await serve(door, request).catch((error: unknown) =>
      fetchResponse(brokenAnswer(error, readHeaders(request), log)),
    );
    return cors === undefined ? response : addHeaders(response, cors.headers(origin, door));
  };
}

async function serve({ handler }: OpenDoor, request: Request): Promise<Response> {
  if (handler.kind === "exchange") {
    return fetchExchange(handler.handle, request);
  }
  if (handler.fetch === undefined) {
    throw new Error("the door has no fetch handler");
  }
  return handler.fetch(request);
}

/** Headers of a response may be immutable, so a new one is made. */
function addHeaders(response: Response, more: readonly string[]): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of pairs(more)) {
    headers.append(name, value);
  }
  const { status, body } = response;
  return new Response(body, { status, headers });
}
