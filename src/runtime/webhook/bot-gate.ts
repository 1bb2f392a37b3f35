import type { Identity } from "../action/context.ts";
import type { CallGrant } from "../action/grant.ts";
import { quoted } from "../action/quoted.ts";
import { type Bot, grantCall } from "../bots/bot.ts";
import type { BotSecrets } from "../bots/bot-entry.ts";
import type { BotTable } from "../bots/bot-table.ts";
import { randomKey } from "../http/api-key.ts";
import type { DoorHost, DoorRoute } from "../http/door.ts";
import { Refusal } from "../http/refusal.ts";
import { requireSecrets, type SecretOptions, type Secrets } from "../http/secrets.ts";
import { tooLarge } from "../http/too-large.ts";

/** How a door looks up whose call it has, and what proves it. */
export interface BotGateOptions<Check> {
  /** Names the door in errors. */
  readonly place: string;
  readonly table: BotTable;
  /** Which of a bot's secrets the door checks. */
  readonly secret: keyof BotSecrets;
  /** The door's own secrets, for bots that have none of their own. */
  readonly own: Secrets | undefined;
  readonly unsigned: SecretOptions["unsigned"];
  /** Whether the door's own secrets also prove calls of bots that the table does not know. */
  readonly strangers: boolean;
  makeCheck(secrets: readonly string[]): Check;
}

/** Who a call says it is for, before that is proven. */
export interface NamedBot {
  readonly botId: string;
  readonly connectorId: string;
}

/** A call whose bot was looked up. */
export interface BotCall<Check> {
  readonly named: NamedBot;
  /** Undefined if the table does not know the bot, and the door serves it all the same. */
  readonly bot: Bot | undefined;
  /** What the call has to pass; undefined if nothing is checked. */
  readonly check: Check | undefined;
}

/** Looks up the bots of a door's calls. */
export interface BotGate<Check> {
  /** Throws a `Refusal` (404) if the door does not serve the bot. */
  lookUp(named: NamedBot): BotCall<Check>;
  /** Takes the call's place. It has to be the last thing that a route does: the place is the call's then. */
  grant(call: BotCall<Check>): CallGrant | undefined;
}

/** Makes the gate of a door that opens. Throws if its table names actions that the server has not. */
export function botGate<Check extends object>(
  { place, table, secret, own, unsigned, strangers, makeCheck }: BotGateOptions<Check>,
  { pipeline }: DoorHost,
): BotGate<Check> {
  const grants = table.open(pipeline.actions);
  const ownSecrets =
    own === undefined ? [] : requireSecrets(place, secretNames[secret], own, unsigned);
  const ownCheck = ownSecrets.length === 0 ? undefined : makeCheck(ownSecrets);
  // A secret that nobody knows: what it is compared with takes as long as any other.
  let decoy: Check | undefined;
  const checks = new WeakMap<Bot, Check>();

  function checkOf(bot: Bot): Check | undefined {
    let check = checks.get(bot);
    if (check === undefined) {
      const secrets = bot.entry.secrets?.[secret];
      if (secrets === undefined) {
        return ownCheck;
      }
      check = makeCheck(typeof secrets === "string" ? [secrets] : secrets);
      checks.set(bot, check);
    }
    return check;
  }

  function stranger(named: NamedBot): BotCall<Check> {
    if (strangers && (ownCheck !== undefined || unsigned === true)) {
      return { named, bot: undefined, check: ownCheck };
    }
    if (table.hideUnknown) {
      decoy ??= makeCheck([randomKey()]);
      return { named, bot: undefined, check: decoy };
    }
    throw new Refusal(404, describe(named));
  }

  return {
    lookUp(named) {
      const bot = table.find(named.botId, named.connectorId);
      const check = bot && checkOf(bot);
      return bot === undefined || (check === undefined && unsigned !== true)
        ? stranger(named)
        : { named, bot, check };
    },
    grant: ({ bot }) => bot && grantCall(bot, grants.registry(bot.granted)),
  };
}

const secretNames = { callback: "secret", apiKey: "apiKey", eventToken: "token" } as const;

/** Says the same of bots that are not in the table, and that have no secret for the door. */
function describe({ botId, connectorId }: NamedBot): string {
  if (botId === "") {
    return "the call names no bot, and this server has no entry for such calls: name the bot";
  }
  const by = connectorId === "" ? "" : ` through the connector ${quoted(connectorId)}`;
  return `this server does not serve the bot ${quoted(botId)}${by}: check the bot id, or add the bot to the server's table of bots`;
}

/** The longest body that a bot may send. */
export function bodyLimit({ bot }: BotCall<unknown>): number {
  return bot?.entry.limits?.maxBodyBytes ?? Number.POSITIVE_INFINITY;
}

/** Refuses a body that is longer than the bot's may be. */
export function requireBodyLimit(call: BotCall<unknown>, body: Uint8Array): void {
  const limit = bodyLimit(call);
  if (body.length > limit) {
    throw tooLarge(limit);
  }
}

/**
 * What is said of the caller, now that it is proven, by the bot whose secret
 * proved it. Who knows the secret of one bot must not speak for another: a body
 * that is read as another bot's than the one that was looked up is refused.
 */
export function sameBot<I extends Partial<Identity>>({ named }: BotCall<unknown>, said: I): I {
  for (const [field, name] of fields) {
    const value = said[field];
    if (value !== undefined && value !== "" && value !== named[field]) {
      throw new Refusal(
        400,
        `the body says ${name} ${quoted(value)}, but the call is for ${quoted(named[field])}: name one bot, once`,
      );
    }
  }
  return { ...said, ...named };
}

const fields = [
  ["botId", "bot_id"],
  ["connectorId", "connector_id"],
] as const;

/** The paths of a door: with a table of bots, also those that name one. */
export function routesOf(path: string, withBots: boolean): DoorRoute[] {
  const routes: DoorRoute[] = [{ match: "exact", path, label: `POST ${path}` }];
  if (withBots) {
    routes.push({ match: "prefix", path: `${path}/`, label: `POST ${path}/<bot_id>` });
  }
  return routes;
}

/** The bot id that follows a door's path, if one does. */
export function botInPath(path: string, doorPath: string): string | undefined {
  if (path.length <= doorPath.length + 1) {
    return undefined;
  }
  try {
    return decodeURIComponent(path.slice(doorPath.length + 1));
  } catch {
    throw new Refusal(404, `the path names no bot: call ${doorPath}/<bot_id>`);
  }
}
