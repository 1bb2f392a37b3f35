/** Checks the type of a value of unknown origin; problems go to the collector. */
export type ShapeCheck = (value: unknown, shape: ShapeCollector) => void;

/** A value that can't be (part of) a message, as `StandardSchemaV1.Issue` has it. */
export interface ShapeIssue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** How deep messages may be nested: as deep as Protobuf's libraries go. */
const maxDepth = 100;

/**
 * Takes what is wrong with the types of a value of unknown origin, while
 * generated code holds it against a message. A member that is missing is no
 * problem: messages are completed with defaults. Unknown members are ignored.
 */
export class ShapeCollector {
  /** How many problems there are. */
  count = 0;
  /** Whether members are missing, so that the value is no message yet. */
  incomplete = false;
  #depth = 0;
  #issues: { readonly message: string; readonly path: (string | number)[] }[] | undefined;

  /** The problems, in the order of the fields. */
  get issues(): ShapeIssue[] {
    return this.#issues ?? [];
  }

  /** Notes that a value isn't what it should be, for example `a string`. */
  wrong(value: unknown, expected: string): void {
    this.#issues ??= [];
    this.#issues.push({ message: `must be ${expected}, not ${nameOf(value)}`, path: [] });
    this.count++;
  }

  /** Checks a member of an object that messages needn't have. */
  optional(key: string, value: unknown, check: ShapeCheck): void {
    if (value !== undefined) {
      this.member(key, value, check);
    }
  }

  /** Checks a member of an object that all messages have, if it is there. */
  member(key: string, value: unknown, check: ShapeCheck): void {
    if (value === undefined || value === null) {
      this.incomplete = true;
    } else {
      this.part(key, value, check);
    }
  }

  /** Checks a member that must be there. */
  part(key: string | number, value: unknown, check: ShapeCheck): void {
    const start = this.count;
    if (this.enter(value)) {
      check(value, this);
      this.leave();
    }
    if (this.count > start) {
      this.within(start, key);
    }
  }

  /** Goes one level deeper, unless that is too deep; `leave` comes back. */
  enter(value: unknown): boolean {
    if (this.#depth >= maxDepth) {
      this.wrong(value, `at most ${maxDepth} levels deep`);
      return false;
    }
    this.#depth++;
    return true;
  }

  leave(): void {
    this.#depth--;
  }

  /** Puts a key in front of the paths of all problems since there were `start`. */
  within(start: number, key: string | number): void {
    for (const { path } of this.#issues?.slice(start) ?? []) {
      path.unshift(key);
    }
  }

  /** Notes whether an object says of which type it is, where messages do. */
  typeName(value: unknown, typeName: string): void {
    if (value === undefined) {
      this.incomplete = true;
    } else {
      this.part("$typeName", value, (_, shape) => shape.wrong(value, JSON.stringify(typeName)));
    }
  }
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  switch (typeof value) {
    case "object": {
      const name = Object.prototype.toString.call(value).slice(8, -1);
      return name === "Object" ? "an object" : `a ${name}`;
    }
    case "number":
      return `the number ${value}`;
    case "bigint":
      return `the bigint ${value}`;
    case "string":
      return "a string";
    default:
      return `a ${typeof value}`;
  }
}
