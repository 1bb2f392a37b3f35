import type { AnyTypes } from "./any-type.ts";
import { describe, memberStep, type Problem, pathOf, quote } from "./problem.ts";

/** How JSON is read. */
export interface ReadOptions {
  /** What happens to fields that the schema doesn't know: refused unless told to ignore them. */
  readonly unknownFields?: "refuse" | "ignore";
  /** How deep messages may be nested; 100 unless given, as other Protobuf libraries have it. */
  readonly maxDepth?: number;
  /** How many problems are reported at most; 20 unless given. */
  readonly maxProblems?: number;
  /** The types of messages inside of `google.protobuf.Any`; none unless given. */
  readonly anyTypes?: AnyTypes;
}

/** The members of a JSON object. */
export type JsonMembers = Readonly<Record<string, unknown>>;

const noMembers: JsonMembers = Object.freeze({});
const noTypes: AnyTypes = new Map();

/** A problem whose path still grows: it is known up to the message at `depth`. */
interface OpenProblem {
  steps: string;
  depth: number;
  readonly message: string;
}

/**
 * What generated readers share while they read one message.
 *
 * They never throw. A reader of a value that doesn't fit notes a problem
 * without a path and returns a default. Whoever called it with the member of
 * an object or the element of a list puts that step in front of the paths of
 * the new problems. As long as there are none, that costs one comparison.
 */
export class JsonReader {
  readonly ignoreUnknown: boolean;
  readonly anyTypes: AnyTypes;
  readonly maxDepth: number;
  /** How many messages are open. */
  depth = 0;
  /** How many members of JSON objects have been read. */
  members = 0;
  /** True if no string of the input can hold an unpaired surrogate. */
  wellFormed = false;
  /** True if the input belongs to the reader, so that parts of it may be kept. */
  owned = false;
  readonly maxProblems: number;
  readonly #problems: OpenProblem[] = [];

  constructor(options: ReadOptions = {}) {
    this.ignoreUnknown = options.unknownFields === "ignore";
    this.maxDepth = options.maxDepth ?? 100;
    this.maxProblems = options.maxProblems ?? 20;
    this.anyTypes = options.anyTypes ?? noTypes;
  }

  /** Begins a message. Returns its members: none if the value is no object. */
  open(json: unknown): JsonMembers {
    const members = this.deeper() ? this.object(json) : noMembers;
    this.depth++;
    return members;
  }

  /** Ends a message. */
  close(): void {
    this.depth--;
  }

  /** Whether one more message may be nested here. */
  deeper(): boolean {
    if (this.depth < this.maxDepth) {
      return true;
    }
    this.problem(`nested deeper than ${this.maxDepth} levels`);
    return false;
  }

  /** The members of an object: none if the value is no object. */
  object(json: unknown): JsonMembers {
    if (typeof json === "object" && json !== null && !Array.isArray(json)) {
      return json as JsonMembers;
    }
    this.expected("object", json);
    return noMembers;
  }

  /** Ends the reading of a message's member. */
  at(key: string): void {
    this.members++;
    if (this.#problems.length > 0) {
      this.#locate(key);
    }
  }

  /** Ends the reading of a map's entry. `before` is the count of problems before it. */
  entry(key: string, before: number): void {
    this.members++;
    if (this.#problems.length > before) {
      this.locate(before, `[${quote(key)}]`);
    }
  }

  /** Notes a member that the schema doesn't know. */
  unknown(value: unknown): void {
    if (!this.ignoreUnknown) {
      this.problem("unknown field");
    } else if (this.owned) {
      this.members += countMembers(value);
    }
  }

  /**
   * Marks a field that has two spellings as seen. `seen` and the result are
   * bit sets, `bit` stands for the field.
   */
  once(seen: number, bit: number): number {
    if ((seen & bit) !== 0) {
      this.problem("set twice, by both of its names");
    }
    return seen | bit;
  }

  /**
   * Selects a member of a oneof group. `selected` is the key of the member
   * that was selected before, or empty.
   */
  select(selected: string, key: string): string {
    if (selected !== "") {
      this.problem(`must not be set together with ${quote(selected)}: they are in one oneof`);
    }
    return key;
  }

  /** Notes a value of the wrong type, or outside of the type's range. */
  expected(type: string, json: unknown): void {
    this.problem(`expected ${type}, got ${describe(json)}`);
  }

  /** Notes a problem of the value that is being read. */
  problem(message: string): void {
    if (this.#problems.length < this.maxProblems) {
      this.#problems.push({ steps: "", depth: this.depth, message });
    }
  }

  /** How many problems are noted. */
  get count(): number {
    return this.#problems.length;
  }

  /** Puts a step in front of the paths of all problems from `index` on. */
  locate(index: number, step: string): void {
    for (const problem of this.#problems.slice(index)) {
      problem.steps = step + problem.steps;
    }
  }

  /** All problems, once the outermost message is closed. */
  get problems(): readonly Problem[] {
    return this.#problems.map(({ steps, message }) => ({ path: pathOf(steps), message }));
  }

  /** Puts the member's key in front of the paths that end at the open message. */
  #locate(key: string): void {
    const step = memberStep(key);
    for (let i = this.#problems.length - 1; i >= 0; i--) {
      const problem = this.#problems[i];
      if (problem === undefined || problem.depth < this.depth) {
        return;
      }
      problem.steps = step + problem.steps;
      problem.depth = this.depth - 1;
    }
  }
}

/** How many members the objects in a JSON value have, at any depth. */
function countMembers(json: unknown): number {
  let members = 0;
  // A list of what is left to visit, because ignored values may be nested deeper than the stack.
  const rest: unknown[] = [json];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value === "object" && value !== null) {
      const children = Object.values(value);
      if (!Array.isArray(value)) {
        members += children.length;
      }
      for (const child of children) {
        if (typeof child === "object") {
          rest.push(child);
        }
      }
    }
  }
  return members;
}
