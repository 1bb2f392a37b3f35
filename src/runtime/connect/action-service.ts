import type { ConnectRouter, HandlerContext } from "@connectrpc/connect";
import {
  ActionService,
  type ExecuteRequest,
  type ExecuteStreamRequest,
  PayloadFormatSchema,
} from "../../../generated/es/bot/action/v1/action_pb.ts";
import type { Route } from "../action/call.ts";
import type { Identity } from "../action/context.ts";
import type { AnyAction } from "../action/contract.ts";
import { ActionError } from "../action/error.ts";
import type { HeaderReader } from "../action/headers.ts";
import { toActionError } from "../action/to-action-error.ts";
import { fromParams } from "../codec/params.ts";
import { identityFromHeaders } from "../http/identity-headers.ts";
import type { ConnectMethod } from "./contract.ts";
import { createGate, finishCall } from "./gate.ts";
import { outcomeError, setOutcomeHeaders, writeEach } from "./outcome.ts";
import { actionFailure, createPayloadWriter } from "./payload.ts";
import type { ServeOptions } from "./serve-method.ts";

type AnyRequest = ExecuteRequest | ExecuteStreamRequest;

/**
 * Serves `bot.action.v1.ActionService`, through which every action can be
 * called by its name. What becomes of an action is an answer, good or bad;
 * errors of the rpc are left for calls that were refused.
 */
export function serveActionService(
  router: ConnectRouter,
  methods: Iterable<ConnectMethod>,
  { log, pipeline, budgetMs }: ServeOptions,
): void {
  const writePayload = createPayloadWriter(methods);
  const gate = (streaming: boolean) =>
    createGate<AnyRequest>({
      pipeline,
      budgetMs,
      // Its own name, whatever the protocol: what it does is not what its methods say.
      door: "execute",
      // A call that can't take a stream is an outcome, too: see decode().
      streaming: true,
      route: async (headers, receive) => routeOf(headers, await receive(), streaming),
    });

  async function* answer(request: AnyRequest, context: HandlerContext) {
    const outcome = await finishCall(context, request);
    if (!outcome.ok && !outcome.ran) {
      throw outcomeError(outcome, context);
    }
    setOutcomeHeaders(context.responseHeader, outcome);
    const { traceId } = outcome;
    try {
      if (!outcome.ok) {
        throw outcome.error;
      }
      const payloads = writeEach(outcome, log, (message) =>
        writePayload(outcome.action, message, request.accept),
      );
      for await (const payload of payloads) {
        yield { success: true, traceId, ...payload };
      }
    } catch (reason) {
      yield { success: false, traceId, error: actionFailure(toActionError(reason)) };
    }
  }

  router.rpc(
    ActionService.method.execute,
    async (request, context) => {
      const answers = answer(request, context);
      try {
        const { value } = await answers.next();
        return value ?? {};
      } finally {
        await answers.return();
      }
    },
    { requestGate: gate(false) },
  );
  router.rpc(ActionService.method.executeStream, answer, { requestGate: gate(true) });
}

function routeOf(headers: HeaderReader, request: AnyRequest, streaming: boolean): Route {
  const { accept, action, params } = request;
  if (PayloadFormatSchema.value[accept] === undefined) {
    throw new ActionError("invalid_argument", `accept: ${accept} is no payload format`);
  }
  return {
    action,
    identity: { ...identityFromHeaders(headers), ...identityFromRequest(request) },
    decode(called: AnyAction) {
      if (called.kind === "server_streaming" && !streaming) {
        throw new ActionError(
          "unimplemented",
          `action ${called.name} answers with a stream: call it by ExecuteStream`,
        );
      }
      return fromParams(called.input, params);
    },
  };
}

/** What the envelope says goes before what headers say. */
function identityFromRequest({ botId, caller }: AnyRequest): Partial<Identity> {
  const { userId, conversationId, connectorId, eventId, locale, deviceClass } = caller ?? {};
  const said = { botId, userId, conversationId, connectorId, eventId, locale, deviceClass };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined && value !== ""),
  );
}
