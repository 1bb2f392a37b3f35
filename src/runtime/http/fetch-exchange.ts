import type { HttpHandler, HttpRequest, HttpResponse } from "./exchange.ts";
import { tooLarge } from "./too-large.ts";

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
  if (typeof response.body === "string") {
    request.signal.removeEventListener("abort", onAbort);
  }
  return new Response(bodyInit(request, response, gone), {
    status: response.status,
    headers: headersOf(response),
  });
}

function exchangeRequest(request: Request, signal: AbortSignal): HttpRequest {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    headers: { get: (name) => request.headers.get(name) ?? undefined },
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

function headersOf(response: HttpResponse): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < response.headers.length; i += 2) {
    headers.append(response.headers[i] ?? "", response.headers[i + 1] ?? "");
  }
  return headers;
}

function bodyInit(
  request: Request,
  { body }: HttpResponse,
  gone: AbortController,
): string | ReadableStream<Uint8Array> | null {
  if (request.method === "HEAD") {
    return null;
  }
  return typeof body === "string" ? body : streamOf(body, gone);
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
