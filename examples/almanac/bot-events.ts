import { type EventHandlers, eventHeader } from "botwire/webhook";

/** What the example does about events of the platform: it notes where its bots are. */
export const botEvents: EventHandlers = {
  botPublished({ botId, botName, version }, context) {
    const { createdAt } = context.get(eventHeader) ?? {};
    context.log.info("a bot was published", { bot: botId, name: botName, version, at: createdAt });
  },
  botUnpublished({ botId }, { log }) {
    log.info("a bot was withdrawn", { bot: botId });
  },
  botDeleted({ botId }, { log }) {
    log.info("a bot was deleted", { bot: botId });
  },
};
