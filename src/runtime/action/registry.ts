import { ActionError } from "./error.ts";
import type { Implementation, ImplementedAction } from "./implement.ts";
import { nearestName } from "./nearest-name.ts";
import { quoted } from "./quoted.ts";

/** What platforms accept as the name of a tool. */
const validName = /^[a-z][a-z0-9_]{0,29}$/;

/** How many names an error lists. */
const listedNames = 20;

/** The actions of a server, or of one of its bots, by name. */
export class ActionRegistry {
  readonly actions: readonly ImplementedAction[];
  readonly #byName = new Map<string, ImplementedAction>();
  readonly #owner: string;

  /**
   * Throws an error that lists every action whose name is taken or no name.
   *
   * @param owner whose actions they are, in errors
   */
  constructor(implementations: readonly Pick<Implementation, "actions">[], owner = "this server") {
    this.#owner = owner;
    this.actions = implementations.flatMap(({ actions }) => actions);
    const problems: string[] = [];
    for (const implemented of this.actions) {
      const { name } = implemented.action;
      const other = this.#byName.get(name);
      if (other !== undefined) {
        problems.push(
          `${JSON.stringify(name)} is both ${source(other)} and ${source(implemented)}`,
        );
      } else if (!validName.test(name)) {
        problems.push(
          `${JSON.stringify(name)} (${source(implemented)}) is no name: ${validName.source} is asked for`,
        );
      }
      this.#byName.set(name, implemented);
    }
    if (problems.length > 0) {
      throw new Error(
        `the actions of a server need names of their own; set (bot.action.v1.action).name:\n${problems.map((problem) => `- ${problem}`).join("\n")}`,
      );
    }
  }

  /**
   * The action of a name; the only one if the caller left the name out (or
   * empty). Throws an `ActionError` that says what there is.
   */
  find(name: string | undefined): ImplementedAction {
    if (name === undefined || name === "") {
      const [only, ...more] = this.actions;
      if (only === undefined || more.length > 0) {
        throw new ActionError("invalid_argument", `the call names no action; ${this.#offer()}`);
      }
      return only;
    }
    const found = this.#byName.get(name);
    if (found === undefined) {
      throw new ActionError("not_found", `there is no action ${this.#describe(name)}`);
    }
    return found;
  }

  #describe(name: string): string {
    const nearest = nearestName(name, this.#byName.keys());
    return nearest === undefined
      ? `${quoted(name)}; ${this.#offer()}`
      : `${quoted(name)}; did you mean ${JSON.stringify(nearest)}?`;
  }

  #offer(): string {
    const names = [...this.#byName.keys()];
    const more = names.length - listedNames;
    return names.length === 0
      ? `${this.#owner} has no actions`
      : `${this.#owner} has ${names.slice(0, listedNames).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  }
}

function source({ contract, action }: ImplementedAction): string {
  return `${contract.typeName}.${action.rpc}`;
}
