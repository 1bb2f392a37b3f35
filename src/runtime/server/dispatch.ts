import type { Logger } from "../action/logger.ts";
import { brokenAnswer, errorAnswer, notFoundAnswer, requestTraceId } from "../http/answers.ts";
import { type Cors, isPreflight } from "../http/cors.ts";
import type { OpenDoor } from "../http/door.ts";
import type { DoorTable } from "../http/door-table.ts";
import type { HttpHandler, HttpRequest } from "../http/exchange.ts";
import { NodeHeaders } from "./node-headers.ts";
import type { NodeHttpHandler, NodeHttpRequest, NodeHttpResponse } from "./node-http.ts";
import { findHeader } from "./raw-headers.ts";
import { sendText, serveExchange } from "./serve-exchange.ts";
import { readTarget } from "./target.ts";

/** What a server's requests are answered with. */
export interface DispatchOptions {
  readonly doors: DoorTable;
  readonly cors: Cors | undefined;
  readonly log: Logger;
}

/** Finds the door of each request. Whatever happens, the request is answered. */
export function createDispatch(options: DispatchOptions): NodeHttpHandler {
  return (request, response) => {
    const onFailure = (error: unknown) => fail(error, request, response, options.log);
    try {
      dispatch(options, request, response)?.catch(onFailure);
    } catch (error) {
      onFailure(error);
    }
  };
}

/**
 * Finds what answers requests that need nothing but a door's exchange: those of
 * browsers may also need what CORS says.
 */
export function findExchange(
  doors: DoorTable,
  cors: Cors | undefined,
): (request: HttpRequest) => HttpHandler | undefined {
  return ({ path, headers }) => {
    if (cors !== undefined && headers.get("origin") !== undefined) {
      return undefined;
    }
    const handler = doors.find(path)?.handler;
    return handler?.kind === "exchange" ? handler.handle : undefined;
  };
}

function dispatch(
  { doors, cors }: DispatchOptions,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): Promise<void> | undefined {
  if (namesTwoHosts(request)) {
    const traceId = requestTraceId(new NodeHeaders(request));
    const message = "the request names two hosts";
    sendText(
      errorAnswer(400, "invalid_argument", message, traceId, ["connection", "close"]),
      request,
      response,
    );
    return undefined;
  }
  const target = readTarget(request.url ?? "");
  const door = doors.find(target.path);
  if (door === undefined) {
    const { method = "" } = request;
    const answer = notFoundAnswer(method, target.path, doors.summary, new NodeHeaders(request));
    sendText(answer, request, response);
    return undefined;
  }
  if (cors !== undefined && answerCors(cors, door, request, response)) {
    return undefined;
  }
  if (door.handler.kind === "exchange") {
    return serveExchange(door.handler.handle, target, request, response);
  }
  door.handler.node?.(request, response);
  return undefined;
}

/**
 * Proxies and servers differ in which of two hosts they believe, so that neither
 * counts: https://www.rfc-editor.org/rfc/rfc9112#name-host-and-request-target.
 */
function namesTwoHosts({ rawHeaders }: NodeHttpRequest): boolean {
  const first = findHeader(rawHeaders, "host");
  return first > 0 && findHeader(rawHeaders, "host", first + 1) > 0;
}

/** Sets the headers that browsers ask for; true if that was all that was asked. */
function answerCors(
  cors: Cors,
  door: OpenDoor,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): boolean {
  const { origin } = request.headers;
  const preflight = isPreflight(request.method ?? "", new NodeHeaders(request));
  const headers = preflight ? cors.preflight(origin, door) : cors.headers(origin, door);
  for (let i = 0; i + 1 < headers.length; i += 2) {
    response.setHeader(headers[i] ?? "", headers[i + 1] ?? "");
  }
  if (preflight) {
    response.statusCode = 204;
    response.end();
  }
  return preflight;
}

/** Answers a request whose door broke, if it can still be answered. */
function fail(
  error: unknown,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
  log: Logger,
): void {
  const answer = brokenAnswer(error, new NodeHeaders(request), log);
  if (response.headersSent) {
    response.destroy();
  } else {
    sendText(answer, request, response);
  }
}
