import type { HeaderReader } from "../action/headers.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "./exchange.ts";
import { tooLarge } from "./too-large.ts";
import { isWhole, standardBody } from "./whole-body.ts";

/** Serves a door's exchange through the Fetch API. */
export async function fetchExchange(handle: HttpHandler, request: Request): Promise<Response> {
  // Runtimes tell of a client that goes away in two ways: by the request's
  // signal, or by cancelling the body of the answer.
  const gone = new AbortController();
  const onAbort = () => gone.abort(request.signal.reason);
  if (request.signal.aborted) {
    onAbort();
  } else {
    request.signal.addEventListener("abort", onAbort, { once: true });
  }
  const response = await handle(exchangeRequest(request, gone.signal));
  if (isWhole(response.body)) {
    request.signal.removeEventListener("abort", onAbort);
  }
  return fetchResponse(response, request.method, gone);
}

/** An answer as a response of the Fetch API. */
export function fetchResponse(
  { status, headers, body }: HttpResponse,
  method = "",
  gone = new AbortController(),
): Response {
  const init = { status, headers: pairs(headers) };
  if (method === "HEAD") {
    return new Response(null, init);
  }
  return new Response(isWhole(body) ? standardBody(body) : streamOf(body, gone), init);
}

/** Reads the headers of a request of the Fetch API. */
export function readHeaders({ headers }: Request): HeaderReader {
  return { get: (name) => headers.get(name) ?? undefined };
}

/** Headers as the Fetch API takes them, from names that are each followed by a value. */
export function pairs(flat: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    headers.push([flat[i] ?? "", flat[i + 1] ?? ""]);
  }
  return headers;
}

function exchangeRequest(request: Request, signal: AbortSignal): HttpRequest {
  const { origin, pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    origin,
    headers: readHeaders(request),
    signal,
    body: (maxBytes) => readBody(request, maxBytes),
  };
}

async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > maxBytes) {
    throw tooLarge(maxBytes);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body !== null) {
    for await (const chunk of request.body) {
      length += chunk.length;
      if (length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      chunks.push(chunk);
    }
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}

function streamOf(
  pieces: AsyncIterable<string>,
  gone: AbortController,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(encoder.encode(value));
      }
    },
    cancel(reason) {
      gone.abort(reason);
    },
  });
}
