import { Buffer } from "node:buffer";
import type { HttpHandler, HttpRequest, HttpResponse, TextResponse } from "../http/exchange.ts";
import { readBody } from "./node-body.ts";
import { readHeaders } from "./node-headers.ts";
import type { NodeHttpRequest, NodeHttpResponse } from "./node-http.ts";
import type { Target } from "./target.ts";

/** Serves one request through a door's exchange. */
export function serveExchange(
  handle: HttpHandler,
  { path, query }: Target,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): Promise<void> {
  let signal: AbortSignal | undefined;
  const exchange: HttpRequest = {
    method: request.method ?? "",
    path,
    query,
    headers: readHeaders(request),
    get signal() {
      signal ??= goneSignal(response);
      return signal;
    },
    body: (maxBytes) => readBody(request, maxBytes),
  };
  return handle(exchange).then((answer) => sendAnswer(answer, request, response));
}

function sendAnswer(
  { status, headers, body }: HttpResponse,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): undefined | Promise<void> {
  if (typeof body === "string") {
    sendText({ status, headers, body }, request, response);
    return undefined;
  }
  response.writeHead(status, [...headers]);
  return sendPieces(body, response);
}

/** Sends an answer whose body is complete. */
export function sendText(
  { status, headers, body }: TextResponse,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): void {
  response.writeHead(status, [...headers, "content-length", String(Buffer.byteLength(body))]);
  // A string goes out in one write together with the head, a buffer in two.
  response.end(body);
  if (!request.complete) {
    letGo(request);
  }
}

async function sendPieces(
  pieces: AsyncIterable<string>,
  response: NodeHttpResponse,
): Promise<void> {
  for await (const piece of pieces) {
    if (response.destroyed) {
      // Leaving the loop also ends the stream of pieces.
      break;
    }
    if (!response.write(piece)) {
      await drained(response);
    }
  }
  response.end();
}

/** Resolves when a response takes more, or nobody is there to take it. */
function drained(response: NodeHttpResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
    if (response.destroyed) {
      done();
    }
  });
}

/** How long a client that was answered early may go on sending, in milliseconds. */
const lingerMs = 5000;

/**
 * Reads on, without looking at it, what a client still sends after it was
 * answered: many read the answer only when they have sent everything, and
 * closing at once would destroy it on its way.
 */
function letGo(request: NodeHttpRequest): void {
  request.resume();
  setTimeout(() => {
    if (!request.complete) {
      request.destroy();
    }
  }, lingerMs).unref();
}

/** A signal that is aborted when the client goes away before its answer is complete. */
function goneSignal(response: NodeHttpResponse): AbortSignal {
  const controller = new AbortController();
  const onClose = () => {
    if (!response.writableEnded) {
      controller.abort(clientGone);
    }
  };
  if (response.destroyed) {
    onClose();
  } else {
    response.once("close", onClose);
  }
  return controller.signal;
}

/** One for all, as it costs more to make than to use. */
const clientGone = new DOMException("the client went away", "AbortError");
