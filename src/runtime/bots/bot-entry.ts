import type { AnyService } from "../action/contract.ts";
import { quoted } from "../action/quoted.ts";
import type { Secrets } from "../http/secrets.ts";
import type { Credential } from "./credential.ts";

/** What a server does for one bot. */
export interface BotEntry {
  /** The platform's id of the bot. Empty for calls that name no bot. */
  readonly botId: string;
  /**
   * The channel through which the bot is called. An entry for bot and connector
   * goes before the one for the bot alone.
   */
  readonly connectorId?: string | undefined;
  /**
   * What the bot may call: actions by name (`get_local_time`) or pattern
   * (`get_*`, `*`), and all actions of a service, by its contract or full name.
   * Others are unknown to it.
   */
  readonly actions: readonly (string | AnyService)[];
  readonly secrets?: BotSecrets | undefined;
  readonly limits?: BotLimits | undefined;
  /** What handlers read by `context.get(key)`: see `credential`. */
  readonly credentials?: readonly Credential[] | undefined;
}

/** What proves calls of a bot, at each door; the door's own secret where one is left out. */
export interface BotSecrets {
  /** Signs callbacks. */
  readonly callback?: Secrets | undefined;
  /** Comes with tool calls. */
  readonly apiKey?: Secrets | undefined;
  /** The `verify_token` of the bot's callback app. */
  readonly eventToken?: Secrets | undefined;
}

/** What a bot may use. The door's own limits hold as well. */
export interface BotLimits {
  /** More calls than this at once are refused with 429. */
  readonly maxInFlight?: number | undefined;
  /** The longest body that is read, in bytes. */
  readonly maxBodyBytes?: number | undefined;
  /** The longest that a call may take, in milliseconds. */
  readonly deadlineMs?: number | undefined;
}

/** Ids go into keys of stores, which are short. */
const maxIdLength = 64;

const entryNames = ["botId", "connectorId", "actions", "secrets", "limits", "credentials"];
const secretNames = ["callback", "apiKey", "eventToken"] as const;
const limitNames = ["maxInFlight", "maxBodyBytes", "deadlineMs"] as const;

/** A copy that nobody else has. Throws an error that names entry and mend if it cannot be served. */
export function checkedEntry(entry: BotEntry): BotEntry {
  const { botId, connectorId = "", actions, secrets = {}, limits = {}, credentials = [] } = entry;
  checkId(botId, "botId", botId);
  checkId(botId, "connectorId", connectorId);
  checkNames(botId, "entry", entry, entryNames);
  checkNames(botId, "secrets", secrets, secretNames);
  checkNames(botId, "limits", limits, limitNames);
  if (!Array.isArray(actions) || actions.length === 0) {
    fail(botId, 'actions is empty: list what the bot may call, or "*" for everything');
  }
  for (const name of secretNames) {
    if (isEmpty(secrets[name])) {
      fail(botId, `secrets.${name} is empty: set it, or leave it out for the door's own`);
    }
  }
  for (const name of limitNames) {
    const limit = limits[name];
    if (limit !== undefined && !(limit > 0)) {
      fail(botId, `limits.${name} must be more than 0, not ${limit}: leave it out for none`);
    }
  }
  const { callback, apiKey, eventToken } = secrets;
  return {
    botId,
    connectorId,
    actions: [...actions],
    secrets: { callback: copied(callback), apiKey: copied(apiKey), eventToken: copied(eventToken) },
    limits: { ...limits },
    credentials: [...credentials],
  };
}

function fail(botId: string, problem: string): never {
  throw new Error(`bot ${quoted(String(botId))}: ${problem}`);
}

function checkId(botId: string, name: string, id: unknown): void {
  if (typeof id !== "string" || id.length > maxIdLength) {
    fail(botId, `${name} must be a text of at most ${maxIdLength} characters`);
  }
}

/** A misspelt name would be a secret that nobody checks, or a limit that does not hold. */
function checkNames(botId: string, place: string, value: object, names: readonly string[]): void {
  for (const key in value) {
    if (!names.includes(key)) {
      fail(botId, `${place} has no ${quoted(key)}: there are ${names.join(", ")}`);
    }
  }
}

function isEmpty(secrets: Secrets | undefined): boolean {
  return typeof secrets === "string"
    ? secrets === ""
    : secrets !== undefined &&
        (secrets.length === 0 || secrets.some((one) => typeof one !== "string" || one === ""));
}

function copied(secrets: Secrets | undefined): Secrets | undefined {
  return typeof secrets === "object" ? [...secrets] : secrets;
}
