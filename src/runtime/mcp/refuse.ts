import type { ActionError } from "../action/error.ts";
import type { DoorHost } from "../http/door.ts";
import type { HttpRequest, HttpResponse } from "../http/exchange.ts";
import { type AnswerFormat, platformHandler } from "../webhook/platform-door.ts";

/**
 * Answers a request that is not let in. It passes the pipeline as a call of
 * no known action, so that hooks and metrics see it.
 */
export async function refuse(
  request: HttpRequest,
  reason: unknown,
  budgetMs: number,
  host: DoorHost,
): Promise<HttpResponse> {
  const route = () => Promise.reject(reason);
  return platformHandler({ name: "mcp", budgetMs, format, route }, host)(request);
}

/** Errors that have no request: its id is not known, as nothing of it was read. */
const format: AnswerFormat = {
  around: () => ['{"jsonrpc":"2.0","id":null,"result":', "}"],
  receipt: (receipt) => JSON.stringify({ jsonrpc: "2.0", id: null, result: { receipt } }),
  failure: (error, traceId, status) =>
    JSON.stringify({
      jsonrpc: "2.0",
      id: null,
      error: {
        code: status === 400 ? invalidRequest : serverError,
        message: error.message,
        data: { code: error.code satisfies ActionError["code"], trace_id: traceId },
      },
    }),
};

// https://www.jsonrpc.org/specification#error_object
const invalidRequest = -32600;
const serverError = -32000;
