import type { AnyTypes } from "./any-type.ts";
import type { EnumValues } from "./enum-values.ts";
import type { FieldTable } from "./field-table.ts";
import type { JsonInput } from "./json-input.ts";
import { entryStep, memberStep, type Problem, quote } from "./problem.ts";
import { ProblemList } from "./problems.ts";
import { defaultMaxDepth, defaultMaxProblems, type ReadOptions } from "./read-options.ts";
import { JsonValueScanner } from "./value-scanner.ts";

/** The members of a JSON object. */
type Members = Readonly<Record<string, unknown>>;

/** A message, list or map that is open. */
interface Frame {
  /** The names of its members; of a list the indexes are enough. */
  readonly names: readonly string[];
  readonly members: Members;
  readonly list: readonly unknown[];
  /** How many members have been begun. */
  index: number;
  /** How many problems there were before the current member. */
  before: number;
  /** In a message: fields of two names that have been set. */
  seen: Set<number> | undefined;
}

/**
 * Reads a message from a value that `JSON.parse` returned, and notes every
 * problem with its path.
 *
 * This is the careful path: its results are what the fast one, from text, is
 * measured by.
 */
export class JsonValueReader extends JsonValueScanner implements JsonInput {
  readonly ignoresUnknown: boolean;
  readonly isWellFormed = false;
  readonly anyTypes: AnyTypes | undefined;
  levels: number;
  readonly #maxDepth: number;
  readonly #frames: Frame[] = [];

  constructor(value: unknown, options: ReadOptions = {}, isOwned = false) {
    super(value, new ProblemList(options.maxProblems ?? defaultMaxProblems), isOwned);
    this.ignoresUnknown = options.unknownFields === "ignore";
    this.anyTypes = options.anyTypes;
    this.#maxDepth = options.maxDepth ?? defaultMaxDepth;
    this.levels = this.#maxDepth;
  }

  open(fields: FieldTable): number {
    const members = this.isDeepEnough() ? this.#object() : undefined;
    if (members === undefined) {
      return -1;
    }
    this.levels--;
    this.#push(Object.keys(members), members, []);
    return this.next(fields);
  }

  next(fields: FieldTable): number {
    const frame = this.#frame();
    for (;;) {
      const name = this.#nextMember(frame, memberStep);
      if (name === undefined) {
        this.levels++;
        return -1;
      }
      const slot = fields.slots.get(name);
      if (slot === undefined) {
        if (!this.ignoresUnknown) {
          this.problem("unknown field");
        }
      } else if (this.#isFirst(frame, fields, slot >> 1)) {
        if (this.current !== null || fields.takesNull[slot >> 1]) {
          return slot >> 1;
        }
      }
    }
  }

  /** Whether a field hasn't been set by its other name. */
  #isFirst(frame: Frame, fields: FieldTable, field: number): boolean {
    if (fields.json[field] === fields.proto[field]) {
      return true;
    }
    frame.seen ??= new Set();
    if (frame.seen.has(field)) {
      this.problem("set twice, by both of its names");
      return false;
    }
    frame.seen.add(field);
    return true;
  }

  choose(chosen: string, member: string): string {
    if (chosen !== "") {
      this.problem(`must not be set together with ${quote(chosen)}: they are in one oneof`);
    }
    return member;
  }

  openList(): boolean {
    const list = this.current;
    if (!Array.isArray(list)) {
      this.expected("array");
      return false;
    }
    this.#push([], {}, list);
    return this.nextElement();
  }

  nextElement(): boolean {
    const frame = this.#frame();
    if (frame.index > 0) {
      this.#locate(frame, `[${frame.index - 1}]`);
    }
    if (frame.index === frame.list.length) {
      this.#frames.pop();
      return false;
    }
    this.current = frame.list[frame.index++];
    return true;
  }

  openMap(): boolean {
    const members = this.#object();
    if (members === undefined) {
      return false;
    }
    this.#push(Object.keys(members), members, []);
    return this.nextEntry();
  }

  key(): string {
    const frame = this.#frame();
    return frame.names[frame.index - 1] ?? "";
  }

  nextEntry(): boolean {
    return this.#nextMember(this.#frame(), entryStep) !== undefined;
  }

  enum<E extends number>(values: EnumValues<E>): E | undefined {
    const json = this.current;
    if (typeof json === "string") {
      const number = values.numbers.get(json);
      if (number === undefined && !this.ignoresUnknown) {
        this.expected(`a name of enum ${values.typeName}`);
      }
      return number;
    }
    if (typeof json === "number" && (json | 0) === json) {
      if (values.open || values.names.has(json)) {
        return json as E;
      }
    }
    this.expected(`a name of enum ${values.typeName}`);
    return undefined;
  }

  isDeepEnough(): boolean {
    if (this.levels > 0) {
      return true;
    }
    this.problem(`nested deeper than ${this.#maxDepth} levels`);
    return false;
  }

  /** Everything that is wrong, once the message has been read. */
  get found(): readonly Problem[] {
    return this.problems.toArray();
  }

  /** How many more problems would be noted. */
  get room(): number {
    return this.problems.room;
  }

  #object(): Members | undefined {
    const json = this.current;
    if (typeof json === "object" && json !== null && !Array.isArray(json)) {
      return json as Members;
    }
    this.expected("object");
    return undefined;
  }

  #push(names: readonly string[], members: Members, list: readonly unknown[]): void {
    const before = this.problems.count;
    this.#frames.push({ names, members, list, index: 0, before, seen: undefined });
  }

  #frame(): Frame {
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      throw new Error("a reader went on without having begun");
    }
    return frame;
  }

  /** Goes to the next member of a message or map: its name, or undefined at the end. */
  #nextMember(frame: Frame, step: (name: string) => string): string | undefined {
    const previous = frame.names[frame.index - 1];
    if (previous !== undefined && this.problems.count > frame.before) {
      this.#locate(frame, step(previous));
    }
    const name = frame.names[frame.index++];
    if (name === undefined) {
      this.#frames.pop();
      return undefined;
    }
    this.current = frame.members[name];
    return name;
  }

  #locate(frame: Frame, step: string): void {
    if (this.problems.count > frame.before) {
      this.problems.locate(frame.before, step);
      frame.before = this.problems.count;
    }
  }
}
