import type { CallToolResult } from "@modelcontextprotocol/server";
import type { ActionError } from "../action/error.ts";
import type { JsonObject } from "../codec/json-value.ts";
import { failureJson } from "../http/failure-json.ts";

/** The answer of a tool: as data, and as text for clients that pass on nothing else. */
export function successResult(data: JsonObject, traceId: string): CallToolResult {
  return {
    content: [{ type: "text", text: JSON.stringify(data) }],
    structuredContent: data,
    _meta: { trace_id: traceId },
  };
}

/**
 * A failure as the model gets to see it, so that it can correct its call. Not
 * as structured content, which has to match the schema of the tool's output.
 */
export function failureResult(error: ActionError, traceId: string): CallToolResult {
  const failure = {
    error: failureJson(error),
    ...(error.retryAfterMs === undefined ? {} : { retry_after_ms: error.retryAfterMs }),
    trace_id: traceId,
  };
  return {
    content: [{ type: "text", text: JSON.stringify(failure) }],
    isError: true,
    _meta: { trace_id: traceId },
  };
}
