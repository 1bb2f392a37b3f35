import { requestTraceId, traceHeader } from "../http/answers.ts";
import type { HttpResponse } from "../http/exchange.ts";
import { addHeaders } from "../http/response-headers.ts";
import type { Exchange } from "./exchange.ts";

/** Turns the SDK's answer into the door's, with the headers that the door's answers have. */
export async function answer(
  response: Response,
  exchange: Exchange,
  extra: readonly string[],
): Promise<HttpResponse> {
  const { status, body } = response;
  if (body === null || !isEventStream(response)) {
    const text = await response.text();
    return { status, headers: headersOf(response, exchange, extra), body: text };
  }
  // The SDK answers before it calls. With the first event it is known how the
  // call went, so that headers of hooks can still go out.
  const pieces = piecesOf(body);
  const first = await pieces.next();
  const headers = headersOf(response, exchange, extra);
  return { status, headers, body: first.done ? "" : resumed(first.value, pieces) };
}

function headersOf(response: Response, exchange: Exchange, extra: readonly string[]): string[] {
  const { outcome, request } = exchange;
  const headers = [traceHeader, outcome?.traceId ?? requestTraceId(request.headers), ...extra];
  for (const [name, value] of response.headers) {
    // HTTP/2 forbids it, and the server knows better what to do with its connection.
    if (name !== "connection") {
      headers.push(name, value);
    }
  }
  if (outcome !== undefined) {
    addHeaders(headers, outcome.headers);
  }
  return headers;
}

function isEventStream({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/event-stream") === true;
}

/** The text of a body, piece by piece. Who stops reading cancels it. */
async function* piecesOf(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    yield decoder.decode(chunk, { stream: true });
  }
}

async function* resumed(
  first: string,
  rest: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<string, void, undefined> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return();
  }
}
