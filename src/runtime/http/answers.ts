import type { Code } from "../action/code.ts";
import type { HeaderReader } from "../action/headers.ts";
import type { Logger } from "../action/logger.ts";
import { randomTraceId, readTraceParent } from "../action/trace-id.ts";
import type { TextResponse } from "./exchange.ts";

/** The header that carries the trace id of every answer. */
export const traceHeader = "x-trace-id";

/** An answer whose body is one JSON text. */
export function jsonAnswer(
  status: number,
  body: string,
  traceId: string,
  headers: readonly string[] = [],
): TextResponse {
  return {
    status,
    headers: ["content-type", "application/json", traceHeader, traceId, ...headers],
    body,
  };
}

/** The answer to a request that reached no door, in the same shape as a door's. */
export function errorAnswer(
  status: number,
  code: Code,
  message: string,
  traceId: string,
  headers: readonly string[] = [],
): TextResponse {
  const body = JSON.stringify({ error: { code, message, violations: [] }, trace_id: traceId });
  return jsonAnswer(status, body, traceId, headers);
}

/** The answer to a request for a path that no door has. */
export function notFoundAnswer(
  method: string,
  path: string,
  summary: string,
  headers: HeaderReader,
): TextResponse {
  const place = `${method} ${JSON.stringify(path.slice(0, 200))}`;
  const message = `nothing answers ${place}; this server has ${summary}`;
  return errorAnswer(404, "not_found", message, requestTraceId(headers));
}

/** The answer to a request whose door broke. */
export function brokenAnswer(error: unknown, headers: HeaderReader, log: Logger): TextResponse {
  const traceId = requestTraceId(headers);
  log.error("a request could not be answered", { trace_id: traceId, error });
  return errorAnswer(500, "internal", "internal error", traceId);
}

/** The trace id of a request that reaches no pipeline. */
export function requestTraceId(headers: HeaderReader): string {
  return readTraceParent(headers.get("traceparent")) ?? randomTraceId();
}
