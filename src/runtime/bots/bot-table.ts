import type { ImplementedAction } from "../action/implement.ts";
import { quoted } from "../action/quoted.ts";
import { type Bot, makeBot } from "./bot.ts";
import { type BotEntry, checkedEntry } from "./bot-entry.ts";
import { ActionGrants, type Granted, textOf } from "./granted-actions.ts";

/** What can be told about a table of bots. */
export interface BotTableOptions {
  /**
   * Answer calls of bots that are not in the table as if their signature or key
   * were wrong (401) instead of with 404, so that nobody learns from the answer
   * which bots there are. False by default.
   */
  readonly hideUnknown?: boolean | undefined;
}

/**
 * Which bots a server serves, and what each of them may do. It can be changed at
 * any time: a change holds for all calls that come after it, at all doors at
 * once; calls in flight keep the entry that they began with.
 *
 * What changes it throws an error that names entry and mend if an entry cannot
 * be served, and then changes nothing.
 */
export interface BotTable {
  /** How many entries there are. */
  readonly size: number;
  readonly hideUnknown: boolean;

  /** Whether there is an entry for exactly this bot and connector. */
  has(botId: string, connectorId?: string): boolean;

  /** Adds an entry, in the place of one for the same bot and connector. */
  set(entry: BotEntry): void;

  /** Removes an entry. False if there is none. */
  remove(botId: string, connectorId?: string): boolean;

  /** Replaces all entries at once. */
  replace(entries: Iterable<BotEntry>): void;

  /** The bot of a call: that of bot and connector, else that of the bot alone. For doors. */
  find(botId: string, connectorId: string): Bot | undefined;

  /**
   * Says which actions entries may name, and finds those that were granted. For
   * doors that open. Throws if there is an entry that names others.
   */
  open(actions: readonly ImplementedAction[]): ActionGrants;
}

/** The entries of one bot. */
interface Entries {
  alone?: Bot | undefined;
  readonly byConnector: Map<string, Bot>;
}

/** Makes a table of bots. Throws an error that names entry and mend if one cannot be served. */
export function createBotTable(
  entries: Iterable<BotEntry> = [],
  { hideUnknown = false }: BotTableOptions = {},
): BotTable {
  const opened = new Map<readonly ImplementedAction[], ActionGrants>();
  let bots = new Map<string, Entries>();
  let size = 0;

  const exact = (botId: string, connectorId: string): Bot | undefined => {
    const found = bots.get(botId);
    return connectorId === "" ? found?.alone : found?.byConnector.get(connectorId);
  };

  function botOf(given: BotEntry, shared?: Map<string, Granted>): Bot {
    const entry = checkedEntry(given);
    const { botId, connectorId = "" } = entry;
    for (const grants of opened.values()) {
      grants.check(botId, entry.actions);
    }
    const places = exact(botId, connectorId)?.places ?? { taken: 0 };
    return makeBot(
      entry,
      shared === undefined ? entry.actions : share(shared, entry.actions),
      places,
    );
  }

  const table: BotTable = {
    get size() {
      return size;
    },
    hideUnknown,

    has: (botId, connectorId = "") => exact(botId, connectorId) !== undefined,

    set(entry) {
      const bot = botOf(entry);
      if (put(bots, bot)) {
        size += 1;
      }
    },

    remove(botId, connectorId = "") {
      const entries = bots.get(botId);
      if (entries === undefined || exact(botId, connectorId) === undefined) {
        return false;
      }
      if (connectorId === "") {
        entries.alone = undefined;
      } else {
        entries.byConnector.delete(connectorId);
      }
      if (entries.alone === undefined && entries.byConnector.size === 0) {
        bots.delete(botId);
      }
      size -= 1;
      return true;
    },

    replace(entries) {
      const next = new Map<string, Entries>();
      const shared = new Map<string, Granted>();
      let count = 0;
      for (const entry of entries) {
        const bot = botOf(entry, shared);
        if (!put(next, bot)) {
          const { botId, connectorId = "" } = bot.entry;
          const of = connectorId === "" ? "" : ` for the connector ${quoted(connectorId)}`;
          throw new Error(`bot ${quoted(botId)}: there are two entries${of}; remove one`);
        }
        count += 1;
      }
      bots = next;
      size = count;
    },

    find(botId, connectorId) {
      const found = bots.get(botId);
      return found?.byConnector.get(connectorId) ?? found?.alone;
    },

    open(actions) {
      let grants = opened.get(actions);
      if (grants === undefined) {
        grants = new ActionGrants(actions);
        for (const { alone, byConnector } of bots.values()) {
          for (const bot of alone === undefined
            ? byConnector.values()
            : [alone, ...byConnector.values()]) {
            grants.check(bot.entry.botId, bot.entry.actions);
          }
        }
        opened.set(actions, grants);
      }
      return grants;
    },
  };
  table.replace(entries);
  return table;
}

/** Puts a bot into a map. False if it took the place of another. */
function put(bots: Map<string, Entries>, bot: Bot): boolean {
  const { botId, connectorId = "" } = bot.entry;
  let entries = bots.get(botId);
  if (entries === undefined) {
    entries = { byConnector: new Map() };
    bots.set(botId, entries);
  }
  const added =
    connectorId === "" ? entries.alone === undefined : !entries.byConnector.has(connectorId);
  if (connectorId === "") {
    entries.alone = bot;
  } else {
    entries.byConnector.set(connectorId, bot);
  }
  return added;
}

/** The first list that says the same, so that what is made of it is made once. */
function share(shared: Map<string, Granted>, granted: Granted): Granted {
  // No name of an action or service has a line break: those that have one match nothing.
  const key = granted.map(textOf).join("\n");
  const same = shared.get(key);
  if (same === undefined) {
    shared.set(key, granted);
  }
  return same ?? granted;
}
