import type { Logger } from "../action/logger.ts";
import { errorAnswer, requestTraceId } from "../http/answers.ts";
import type { Cors } from "../http/cors.ts";
import type { OpenDoor } from "../http/door.ts";
import type { DoorTable } from "../http/door-table.ts";
import type { ServerState } from "./health.ts";
import { readHeaders } from "./node-headers.ts";
import type { NodeHttpHandler, NodeHttpRequest, NodeHttpResponse } from "./node-http.ts";
import { sendText, serveExchange } from "./serve-exchange.ts";
import { readTarget } from "./target.ts";

/** What a server's requests are answered with. */
export interface DispatchOptions {
  readonly doors: DoorTable;
  readonly cors: Cors | undefined;
  readonly log: Logger;
  readonly state: ServerState;
}

/** Finds the door of each request. Whatever happens, the request is answered. */
export function createDispatch(options: DispatchOptions): NodeHttpHandler {
  return (request, response) => {
    if (options.state.draining && request.httpVersionMajor === 1) {
      // The next request of this client would find nobody.
      response.setHeader("connection", "close");
    }
    const onFailure = (error: unknown) => fail(error, request, response, options.log);
    try {
      dispatch(options, request, response)?.catch(onFailure);
    } catch (error) {
      onFailure(error);
    }
  };
}

function dispatch(
  { doors, cors }: DispatchOptions,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): Promise<void> | undefined {
  const target = readTarget(request.url ?? "");
  const door = doors.find(target.path);
  if (door === undefined) {
    const place = `${request.method} ${JSON.stringify(target.path.slice(0, 200))}`;
    const message = `nothing answers ${place}; this server has ${doors.summary}`;
    const traceId = requestTraceId(readHeaders(request));
    sendText(errorAnswer(404, "not_found", message, traceId), request, response);
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

/** Sets the headers that browsers ask for; true if that was all that was asked. */
function answerCors(
  cors: Cors,
  door: OpenDoor,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
): boolean {
  const { origin } = request.headers;
  const isPreflight =
    request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
  const headers = isPreflight ? cors.preflight(origin, door) : cors.headers(origin, door);
  for (let i = 0; i + 1 < headers.length; i += 2) {
    response.setHeader(headers[i] ?? "", headers[i + 1] ?? "");
  }
  if (isPreflight) {
    response.statusCode = 204;
    response.end();
  }
  return isPreflight;
}

/** Answers a request whose door broke, if it can still be answered. */
function fail(
  error: unknown,
  request: NodeHttpRequest,
  response: NodeHttpResponse,
  log: Logger,
): void {
  const traceId = requestTraceId(readHeaders(request));
  log.error("a request could not be answered", { trace_id: traceId, error });
  if (response.headersSent) {
    response.destroy();
  } else {
    sendText(errorAnswer(500, "internal", "internal error", traceId), request, response);
  }
}
