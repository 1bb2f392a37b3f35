import { createClient, type Transport } from "@connectrpc/connect";
import {
  ActionService,
  type ExecuteResponse,
  type ExecuteStreamResponse,
  PayloadFormat,
} from "../../../generated/es/bot/action/v1/action_pb.ts";
import type { Identity } from "../action/context.ts";
import type { ActionContract } from "../action/contract.ts";
import { ActionError } from "../action/error.ts";
import { clientError } from "../client/client-error.ts";
import { failureError } from "../client/failure.ts";
import type { ActionTransport, CallOptions, ClientCall } from "../client/transport.ts";
import { fromJsonString } from "../codec/from-json.ts";
import { toParams } from "../codec/params.ts";
import { abandonable } from "./abandonable.ts";
import { fromConnectError } from "./error.ts";

/** What an execute transport can be told. */
export interface ExecuteTransportOptions {
  /** What carries the envelopes: any transport of Connect. */
  readonly transport: Transport;
  /** On whose behalf is called. */
  readonly identity?: Partial<Omit<Identity, "authenticated" | "traceId">> | undefined;
}

/**
 * Calls actions by their names through the generic envelope,
 * `bot.action.v1.ActionService`. Plain contracts are enough for it: payloads
 * are JSON.
 */
export function executeTransport({
  transport,
  identity: { botId = "", ...caller } = {},
}: ExecuteTransportOptions): ActionTransport {
  const client = createClient(ActionService, transport);
  const envelope = <I, O>({ action, request }: ClientCall<I, O>) => ({
    botId,
    action: action.name,
    params: toParams(action.input, request),
    accept: PayloadFormat.JSON,
    caller,
  });
  return {
    async callUnary(call) {
      const { options, headers } = watchHeaders(call.options);
      try {
        const answer = await client.execute(envelope(call), options);
        return readAnswer(call.action, answer, headers());
      } catch (reason) {
        throw callError(reason);
      }
    },

    async *callStreaming(call) {
      const { options, abandon } = abandonable(call.options);
      const { options: watched, headers } = watchHeaders(options);
      try {
        for await (const answer of client.executeStream(envelope(call), watched)) {
          yield readAnswer(call.action, answer, headers());
        }
      } catch (reason) {
        throw callError(reason);
      } finally {
        abandon();
      }
    },
  };
}

/** Keeps the headers of an answer: they belong to its error, if it is one. */
function watchHeaders(options: CallOptions) {
  let headers: Headers | undefined;
  const onHeader = (received: Headers) => {
    headers = received;
    options.onHeader?.(received);
  };
  return { options: { ...options, onHeader }, headers: () => headers };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function readAnswer<I, O>(
  { output }: ActionContract<I, O>,
  { success, traceId, payload, error }: ExecuteResponse | ExecuteStreamResponse,
  headers: Headers | undefined,
): O {
  if (!success) {
    throw clientError(failureError(error ?? noReason), traceId, headers);
  }
  try {
    // A server may know fields that were added since this client was generated.
    return fromJsonString(output, utf8.decode(payload), { unknownFields: "ignore" });
  } catch (cause) {
    const unreadable = new ActionError("internal", `the payload is no ${output.typeName}`, {
      cause,
    });
    throw clientError(unreadable, traceId, headers);
  }
}

const noReason = { code: "unknown", message: "the action failed", violations: [] };

function callError(reason: unknown): ActionError {
  return reason instanceof ActionError ? reason : fromConnectError(reason);
}
