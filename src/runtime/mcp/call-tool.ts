import {
  type CallToolRequest,
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from "@modelcontextprotocol/server";
import type { Call, Route } from "../action/call.ts";
import type { Identity } from "../action/context.ts";
import type { AnyAction } from "../action/contract.ts";
import { ActionError } from "../action/error.ts";
import { readTraceParent } from "../action/trace-id.ts";
import { fromJson } from "../codec/from-json.ts";
import { toJson } from "../codec/to-json.ts";
import type { DoorHost } from "../http/door.ts";
import { identityFromHeaders } from "../http/identity-headers.ts";
import { toolIdentity } from "../http/tool-identity.ts";
import { collectStream, type StreamLimits } from "./collect-stream.ts";
import type { Exchange } from "./exchange.ts";
import { failureResult, successResult } from "./tool-result.ts";

/** How tools are called. */
export interface CallOptions extends StreamLimits {
  /** The longest that a call may take, in milliseconds. */
  readonly budgetMs: number;
}

/**
 * Calls an action as a tool. What goes wrong with the action is a result, for
 * the model to read; throws a `ProtocolError` if there is no such tool.
 */
export async function callTool(
  { params }: CallToolRequest,
  context: ServerContext,
  exchange: Exchange,
  options: CallOptions,
  host: DoorHost,
): Promise<CallToolResult> {
  const outcome = await host.pipeline.invoke(callOf(params, context, exchange, options));
  exchange.outcome = outcome;
  const { traceId } = outcome;
  if (!outcome.ok) {
    if (outcome.action === undefined && outcome.error.code === "not_found") {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, outcome.error.message);
    }
    return failureResult(outcome.error, traceId);
  }
  const { action, response } = outcome;
  const write = (message: unknown) =>
    toJson(action.output, message, { naming: "proto", alwaysEmitImplicit: true });
  try {
    if (response.kind === "receipt") {
      throw new TypeError(`${action.name} was answered with a receipt, which MCP has no form for`);
    }
    const data =
      response.kind === "unary"
        ? write(response.message)
        : { messages: await collectStream(response.messages, write, context, options) };
    return successResult(data, traceId);
  } catch (reason) {
    return failureResult(failureOf(reason, action, traceId, host), traceId);
  }
}

function callOf(
  params: CallToolRequest["params"],
  { mcpReq }: ServerContext,
  { request, authenticated }: Exchange,
  { budgetMs }: CallOptions,
): Call {
  return {
    door: "mcp",
    headers: request.headers,
    budgetMs,
    signal: mcpReq.signal,
    streaming: true,
    route(): Route {
      if (params.name === "") {
        throw new ActionError("not_found", "the call names no tool");
      }
      return {
        action: params.name,
        identity: { ...identityOf(request.headers, mcpReq._meta), authenticated },
        decode: ({ input }) => fromJson(input, params.arguments ?? {}, { unknownFields: "refuse" }),
      };
    },
  };
}

/** Who calls: as over RPC, or, where the client is a bot platform, as it says it in tool calls. */
function identityOf(
  headers: Exchange["request"]["headers"],
  meta: ServerContext["mcpReq"]["_meta"],
): Partial<Identity> {
  const identity = { ...identityFromHeaders(headers), ...toolIdentity(headers) };
  const parent = meta?.["traceparent"];
  const traceId = typeof parent === "string" ? readTraceParent(parent) : undefined;
  return traceId === undefined ? identity : { ...identity, traceId };
}

/** A stream broke off, or an answer cannot be written, which is never the caller's fault. */
function failureOf(
  reason: unknown,
  action: AnyAction,
  traceId: string,
  { log }: DoorHost,
): ActionError {
  if (reason instanceof ActionError) {
    return reason;
  }
  log.error("the response cannot be written", {
    trace_id: traceId,
    action: action.name,
    error: reason,
  });
  return new ActionError("internal", "internal error", { cause: reason });
}
