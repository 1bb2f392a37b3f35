import {
  BenefitPluginScaleExpiredSchema,
  BenefitPluginScaleRequestedSchema,
  BenefitUsageSchema,
  BotDeletedSchema,
  BotPublishedSchema,
  BotUnpublishedSchema,
  UnknownEventSchema,
} from "../../../../generated/actions/bot/coze/v1/events.ts";
import type { Event } from "../../../../generated/types/bot/coze/v1/events.ts";
import type { MessageSchema } from "../../action/contract.ts";

type Choice = NonNullable<Event["event"]>;

/** What happened, by its name in the oneof of `bot.coze.v1.Event`. */
export type EventCase = Exclude<Choice["$case"], "urlVerification">;

/** The message of an event. */
export type EventMessage<K extends EventCase> = Extract<Choice, { readonly $case: K }>["value"];

/** Events by their type on the wire. The challenge is the door's own business. */
export const eventCases: ReadonlyMap<string, Exclude<EventCase, "unknown">> = new Map([
  ["bot.published", "botPublished"],
  ["bot.deleted", "botDeleted"],
  ["bot.unpublished", "botUnpublished"],
  ["benefit.usage", "benefitUsage"],
  ["benefit.plugin.scale.requested", "benefitPluginScaleRequested"],
  ["benefit.plugin.scale.expired", "benefitPluginScaleExpired"],
]);

/** The schemas of events. */
export const eventSchemas: { readonly [K in EventCase]: MessageSchema<EventMessage<K>> } = {
  botPublished: BotPublishedSchema,
  botDeleted: BotDeletedSchema,
  botUnpublished: BotUnpublishedSchema,
  benefitUsage: BenefitUsageSchema,
  benefitPluginScaleRequested: BenefitPluginScaleRequestedSchema,
  benefitPluginScaleExpired: BenefitPluginScaleExpiredSchema,
  unknown: UnknownEventSchema,
};
