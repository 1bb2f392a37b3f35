import type { Message } from "@bufbuild/protobuf";
import type { ConnectError, ConnectRouter, HandlerContext } from "@connectrpc/connect";
import type { Success } from "../action/call.ts";
import type { Logger } from "../action/logger.ts";
import type { Pipeline } from "../action/pipeline.ts";
import { toActionError } from "../action/to-action-error.ts";
import { identityFromHeaders } from "../http/identity-headers.ts";
import type { ConnectMethod } from "./contract.ts";
import { toConnectError } from "./error.ts";
import { createGate, finishCall, isTimeout } from "./gate.ts";
import { isServerStreaming, isUnary } from "./method-kind.ts";
import { outcomeError, setOutcomeHeaders, writeEach, writeOne } from "./outcome.ts";

/** What all methods of a door share. */
export interface ServeOptions {
  readonly pipeline: Pipeline;
  readonly log: Logger;
  /** The longest that a call may take, in milliseconds. */
  readonly budgetMs: number;
}

/** Serves one action as the method of its service. */
export function serveMethod(
  router: ConnectRouter,
  { action, method, input, output }: ConnectMethod,
  { log, ...options }: ServeOptions,
): void {
  const requestGate = createGate({
    ...options,
    streaming: isServerStreaming(method),
    unreadable: action.input.secrets && `the request is no ${action.input.typeName}`,
    route: (headers, receive) => ({
      action: action.name,
      identity: identityFromHeaders(headers),
      decode: async () => input.fromConnect(await receive()),
    }),
  });
  const write = (message: unknown) => output.toConnect(message);

  if (isUnary(method)) {
    const answer = async (request: Message, context: HandlerContext) => {
      const success = await successOf(request, context);
      try {
        return writeOne(success, log, write);
      } catch (reason) {
        throw brokenOff(reason, context);
      }
    };
    router.rpc(method, answer, { requestGate });
  } else if (isServerStreaming(method)) {
    const answer = async function* (request: Message, context: HandlerContext) {
      const success = await successOf(request, context);
      try {
        yield* writeEach(success, log, write);
      } catch (reason) {
        throw brokenOff(reason, context);
      }
    };
    router.rpc(method, answer, { requestGate });
  }
}

async function successOf(request: Message, context: HandlerContext): Promise<Success> {
  const outcome = await finishCall(context, request);
  if (!outcome.ok) {
    throw outcomeError(outcome, context);
  }
  setOutcomeHeaders(context.responseHeader, outcome);
  return outcome;
}

/** What ends an answer that has begun. Its headers are on their way. */
function brokenOff(reason: unknown, { signal, protocolName }: HandlerContext): ConnectError {
  return isTimeout(signal.reason)
    ? signal.reason
    : toConnectError(toActionError(reason), protocolName);
}
