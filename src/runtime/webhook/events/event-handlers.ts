import {
  EventReplySchema,
  UrlVerificationReplySchema,
  UrlVerificationSchema,
} from "../../../../generated/actions/bot/coze/v1/events.ts";
import type { EventHeader, EventReply } from "../../../../generated/types/bot/coze/v1/events.ts";
import type { ActionContext } from "../../action/context.ts";
import { createContextKey } from "../../action/context-key.ts";
import type { AnyService } from "../../action/contract.ts";
import type { ImplementedAction } from "../../action/implement.ts";
import type { Init } from "../../codec/init.ts";
import type { EventLedger } from "./event-ledger.ts";
import { type EventCase, type EventMessage, eventSchemas } from "./event-types.ts";

/**
 * Handles an event. What it throws before the acknowledgement makes the platform
 * send the event again; after it, it is logged.
 *
 * @returns what a channel answers to `bot.published`; nothing for other events
 */
export type EventHandler<M> = (
  event: M,
  context: ActionContext,
) => EventAnswer | PromiseLike<EventAnswer>;

// biome-ignore lint/suspicious/noConfusingVoidType: most handlers return nothing, as functions of type void
type EventAnswer = Init<EventReply> | undefined | void;

/** A handler for each kind of event that is of interest. Others are acknowledged. */
export type EventHandlers = { readonly [K in EventCase]?: EventHandler<EventMessage<K>> };

/** The header of the event that a handler is called for. */
export const eventHeader = createContextKey<EventHeader | undefined>(undefined, "event header");

/** The contract that the actions of the door belong to. */
const eventService: AnyService = { typeName: "bot.coze.v1.Events", actions: {} };

/** What an event is called as an action, in logs, metrics and hooks. */
const actionNames: { readonly [K in EventCase]: string } = {
  botPublished: "bot_published",
  botDeleted: "bot_deleted",
  botUnpublished: "bot_unpublished",
  benefitUsage: "benefit_usage",
  benefitPluginScaleRequested: "benefit_plugin_scale_requested",
  benefitPluginScaleExpired: "benefit_plugin_scale_expired",
  unknown: "unknown_event",
};

/**
 * Makes one event an action of the door, so that it goes the way of every call:
 * its request is the event's message, and its response an `EventReply`.
 */
export function eventAction<K extends EventCase>(
  kind: K,
  header: EventHeader,
  handlers: EventHandlers,
  ledger: EventLedger,
  owner = "",
): ImplementedAction {
  const handle: EventHandlers[K] = handlers[kind];
  return {
    contract: eventService,
    action: {
      kind: "unary",
      name: actionNames[kind],
      rpc: header.eventType,
      description: "",
      idempotency: "idempotent",
      input: eventSchemas[kind],
      output: EventReplySchema,
    },
    handler: (message, context) =>
      ledger.handle(
        header.eventId,
        async () => {
          // The request was read by the schema of this very kind.
          const event = message as EventMessage<K>;
          const reply = await handle?.call(handlers, event, context.with(eventHeader, header));
          return EventReplySchema.init(reply ?? {});
        },
        owner,
      ),
  };
}

/** Answers the question whether the address is right. */
export function verificationAction(header: EventHeader): ImplementedAction {
  return {
    contract: eventService,
    action: {
      kind: "unary",
      name: "url_verification",
      rpc: header.eventType,
      description: "",
      idempotency: "no_side_effects",
      input: UrlVerificationSchema,
      output: UrlVerificationReplySchema,
    },
    handler: (message) => message,
  };
}
