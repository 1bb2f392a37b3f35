import type { ConnectError, HandlerContext } from "@connectrpc/connect";
import type { Failure, Success } from "../action/call.ts";
import { ActionError } from "../action/error.ts";
import type { Logger } from "../action/logger.ts";
import { traceHeader } from "../http/answers.ts";
import { setHeaders } from "../http/set-headers.ts";
import { toConnectError } from "./error.ts";

/** Sets the headers of an answer: those of the hooks, and the trace id. */
export function setOutcomeHeaders(headers: Headers, outcome: Success | Failure): void {
  setHeaders(headers, outcome.headers);
  headers.set(traceHeader, outcome.traceId);
}

/** A failed call as Connect sends it. */
export function outcomeError(failure: Failure, { protocolName }: HandlerContext): ConnectError {
  const error = toConnectError(failure.error, protocolName);
  setOutcomeHeaders(error.metadata, failure);
  return error;
}

/** Writes the only message of an answer. */
export function writeOne<T>(
  { action, response, traceId }: Success,
  log: Logger,
  write: (message: unknown) => T,
): T {
  if (response.kind !== "unary") {
    throw new TypeError(`${action.name} is unary, but its response is a ${response.kind}`);
  }
  return writeOrFail(() => write(response.message), action.name, traceId, log);
}

/** Writes the messages of an answer as they come; a unary answer is a stream of one. */
export async function* writeEach<T>(
  { action, response, traceId }: Success,
  log: Logger,
  write: (message: unknown) => T,
): AsyncGenerator<T, void, undefined> {
  if (response.kind === "receipt") {
    throw new TypeError(`${action.name} was answered with a receipt, which RPC has no form for`);
  }
  const messages = response.kind === "stream" ? response.messages : [response.message];
  for await (const message of messages) {
    yield writeOrFail(() => write(message), action.name, traceId, log);
  }
}

/** That a response cannot be written is never the caller's fault. */
function writeOrFail<T>(write: () => T, action: string, traceId: string, log: Logger): T {
  try {
    return write();
  } catch (cause) {
    log.error("the response cannot be written", { trace_id: traceId, action, error: cause });
    throw new ActionError("internal", "internal error", { cause });
  }
}
