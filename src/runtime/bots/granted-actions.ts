import type { AnyService } from "../action/contract.ts";
import type { ImplementedAction } from "../action/implement.ts";
import { nearestName } from "../action/nearest-name.ts";
import { quoted } from "../action/quoted.ts";
import { ActionRegistry } from "../action/registry.ts";

/** What a bot may call, as its entry says it. */
export type Granted = readonly (string | AnyService)[];

/** Finds the actions that bots were granted among those of a server. */
export class ActionGrants {
  readonly #actions: readonly ImplementedAction[];
  /** By what entries say, so that thousands that say the same are looked at once. */
  readonly #matches = new Map<string, boolean>();
  readonly #registries = new WeakMap<Granted, ActionRegistry>();

  constructor(actions: readonly ImplementedAction[]) {
    this.#actions = actions;
  }

  /** Throws an error that names the mend if something that was granted does not exist. */
  check(botId: string, granted: Granted): void {
    for (const one of granted) {
      const text = textOf(one);
      let found = this.#matches.get(text);
      if (found === undefined) {
        found = this.#actions.some(matcherOf(text));
        // What is wrong is thrown away with its error.
        if (found) {
          this.#matches.set(text, true);
        }
      }
      if (!found) {
        const names = this.#actions.flatMap(({ action, contract }) => [
          action.name,
          contract.typeName,
        ]);
        const nearest = nearestName(text, new Set(names));
        const mend = nearest === undefined ? "" : `; did you mean ${JSON.stringify(nearest)}?`;
        throw new Error(
          `bot ${quoted(botId)}: the server has no action or service ${quoted(text)}${mend}`,
        );
      }
    }
  }

  /** The granted actions by name. */
  registry(granted: Granted): ActionRegistry {
    let registry = this.#registries.get(granted);
    if (registry === undefined) {
      const matchers = granted.map((one) => matcherOf(textOf(one)));
      const actions = this.#actions.filter((action) => matchers.some((matches) => matches(action)));
      registry = new ActionRegistry([{ actions }], "this bot");
      this.#registries.set(granted, registry);
    }
    return registry;
  }
}

/** How an entry says it, as text: services by their full names. */
export function textOf(granted: string | AnyService): string {
  return typeof granted === "string" ? granted : granted.typeName;
}

function matcherOf(text: string): (implemented: ImplementedAction) => boolean {
  const [prefix = "", ...rest] = text.split("*");
  if (rest.length === 0) {
    return ({ action, contract }) => action.name === text || contract.typeName === text;
  }
  if (rest.length > 1) {
    // One star is enough for names, and takes no time to speak of.
    return () => false;
  }
  const suffix = rest.join("");
  return ({ action: { name } }) =>
    name.length >= prefix.length + suffix.length &&
    name.startsWith(prefix) &&
    name.endsWith(suffix);
}
