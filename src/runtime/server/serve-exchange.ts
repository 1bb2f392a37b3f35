import type { HttpHandler, TextResponse } from "../http/exchange.ts";
import { isWhole, type WholeBody } from "../http/whole-body.ts";
import { Client } from "./client.ts";
import { NodeExchange } from "./node-exchange.ts";
import type { NodeHttpRequest, NodeHttpResponse } from "./node-http.ts";
import { oneByteText } from "./one-byte-text.ts";
import { sendPieces } from "./send-pieces.ts";
import type { Target } from "./target.ts";

/** Serves one request through a door's exchange. */
export async function serveExchange(
  handle: HttpHandler,
  target: Target,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): Promise<void> {
  const client = new Client(response);
  const { status, headers, body } = await handle(new NodeExchange(target, request, client));
  if (isWhole(body)) {
    sendWhole(status, headers, body, request, response);
    return;
  }
  writeHead(response, status, [...headers]);
  await sendPieces(body, response, client);
}

/** Sends an answer whose body is complete. */
export function sendText(
  { status, headers, body }: TextResponse,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): void {
  sendWhole(status, headers, body, request, response);
}

function sendWhole(
  status: number,
  headers: readonly string[],
  body: WholeBody,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): void {
  const text = oneByteText(body);
  writeHead(response, status, [...headers, "content-length", String(text.length)]);
  response.end(text, "latin1");
  if (!request.complete) {
    letGo(request);
  }
}

/**
 * What CORS has set is kept: of all headers it shares `vary` alone with answers,
 * and `writeHead` would replace it.
 */
function writeHead(response: NodeHttpResponse, status: number, headers: string[]): void {
  const vary = response.getHeader("vary");
  const place = vary === undefined ? -1 : headers.indexOf("vary");
  if (place >= 0) {
    headers[place + 1] = `${vary}, ${headers[place + 1]}`;
  }
  response.writeHead(status, headers);
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
