import type { Code } from "../action/code.ts";
import type { HeaderReader } from "../action/headers.ts";
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

/** The trace id of a request that reaches no pipeline. */
export function requestTraceId(headers: HeaderReader): string {
  return readTraceParent(headers.get("traceparent")) ?? randomTraceId();
}
