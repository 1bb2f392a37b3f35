import type { Attributes } from "../action/attributes.ts";
import { ActionError } from "../action/error.ts";
import type { CallGrant } from "../action/grant.ts";
import type { ActionRegistry } from "../action/registry.ts";
import type { BotEntry } from "./bot-entry.ts";
import type { Granted } from "./granted-actions.ts";

/** How many calls of a bot are in flight, whatever entries it had meanwhile. */
export interface Places {
  taken: number;
}

/** A bot of a table. Calls keep the one that they began with. */
export interface Bot {
  readonly entry: BotEntry;
  /** What it may call; the same list for bots that may call the same. */
  readonly granted: Granted;
  /** Tells it from other bots in the keys of stores. */
  readonly key: string;
  /** Its credentials. */
  readonly attributes: Attributes | undefined;
  readonly places: Places;
}

/** When callers may try again whose bot has too many calls in flight, in milliseconds. */
const retryAfterMs = 1000;

/** Makes a bot of a checked entry. */
export function makeBot(entry: BotEntry, granted: Granted, places: Places): Bot {
  const { botId, connectorId = "", credentials = [] } = entry;
  let attributes: Attributes | undefined;
  for (const one of credentials) {
    attributes = one.addTo(attributes);
  }
  return {
    entry,
    granted,
    // Without escaping, one bot could be named like another's key.
    key: `${encodeURIComponent(botId)}/${encodeURIComponent(connectorId)}/`,
    attributes,
    places,
  };
}

/** Takes a place for a call, which it has until it is over. Throws `resource_exhausted` if none is left. */
export function grantCall({ entry, places }: Bot, registry: ActionRegistry): CallGrant {
  const { maxInFlight = Number.POSITIVE_INFINITY, deadlineMs } = entry.limits ?? {};
  if (places.taken >= maxInFlight) {
    throw new ActionError(
      "resource_exhausted",
      "the bot has as many calls in flight as it may have; try again later",
      { retryAfterMs },
    );
  }
  places.taken += 1;
  return {
    find: (name) => registry.find(name),
    deadlineMs,
    ended() {
      places.taken -= 1;
    },
  };
}
