import type { AnyTypes } from "./any-type.ts";
import type { EnumValues } from "./enum-values.ts";
import type { FieldName } from "./field-name.ts";
import { type FieldTable, findName, hasOneName, nameAt } from "./field-table.ts";
import type { JsonInput } from "./json-input.ts";
import { withPaths } from "./json-place.ts";
import { hasProblems } from "./parse-json.ts";
import { type Problem, quote as quoted } from "./problem.ts";
import { defaultMaxDepth, defaultMaxProblems, type ReadOptions } from "./read-options.ts";
import { JsonTextScanner } from "./text-scanner.ts";

const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Sets of the fields that open messages had so far, one on top of the other. */
let seen = new Int32Array(256);

/**
 * Reads a message right from JSON text, without the values in between that
 * `JSON.parse` would make.
 */
export class JsonTextReader extends JsonTextScanner implements JsonInput {
  ignoresUnknown: boolean;
  readonly anyTypes: AnyTypes | undefined;
  levels: number;
  readonly #maxDepth: number;
  /** The end of the sets in `seen`. */
  #top = 0;
  /** The unknown keys of each open message. */
  #ignored: Map<number, Set<string>> | undefined;
  /** Where the keys of maps are. */
  readonly #entries: Set<number> | undefined;

  constructor(text: string | Uint8Array, options: ReadOptions, isCareful: boolean) {
    super(text, isCareful, options.maxProblems ?? defaultMaxProblems);
    this.ignoresUnknown = options.unknownFields === "ignore";
    this.anyTypes = options.anyTypes;
    this.#maxDepth = options.maxDepth ?? defaultMaxDepth;
    this.levels = this.#maxDepth;
    this.#entries = isCareful ? new Set() : undefined;
  }

  /** Reads the message that the text is. Undefined if there are problems. */
  read<T>(schema: { readJson(input: JsonTextReader): T }): { readonly message: T } | undefined {
    return this.readUpTo(this.length, schema);
  }

  /** Reads the message that the text is from here to an index. Undefined if there are problems. */
  protected readUpTo<T>(
    end: number,
    schema: { readJson(input: JsonTextReader): T },
  ): { readonly message: T } | undefined {
    try {
      if (this.isUtf8) {
        this.stand();
        const message = schema.readJson(this);
        this.peek();
        if (this.position === end && !this.problems?.length) {
          return { message };
        }
      }
    } catch (error) {
      if (error !== hasProblems) {
        throw error;
      }
    }
    return undefined;
  }

  /**
   * Reads a message that is a value of the one at hand. Undefined, as if nothing
   * had been read, if there are problems. Not for reading with care.
   *
   * @param levels how many messages may be open in one another
   */
  protected attempt<T>(
    schema: { readJson(input: JsonTextReader): T },
    levels: number,
  ): { readonly message: T } | undefined {
    const { position, levels: before } = this;
    const top = this.#top;
    this.levels = levels;
    try {
      return { message: schema.readJson(this) };
    } catch (error) {
      if (error !== hasProblems) {
        throw error;
      }
      this.position = position;
      this.#top = top;
      return undefined;
    } finally {
      this.levels = before;
    }
  }

  /** Everything that is wrong, once the message has been read. */
  get found(): readonly Problem[] {
    return withPaths(this.utf8, this.problems ?? [], this.#entries ?? new Set());
  }

  open(fields: FieldTable): number {
    this.checkDepth();
    if (this.utf8[this.position] !== openBrace) {
      this.expected("object");
      return -1;
    }
    this.levels--;
    this.position++;
    this.#top += fields.words;
    if (this.#top > seen.length) {
      const larger = new Int32Array(this.#top * 2);
      larger.set(seen);
      seen = larger;
    }
    for (let i = this.#top - fields.words; i < this.#top; i++) {
      seen[i] = 0;
    }
    this.#ignored?.delete(this.levels);
    return this.peek() === closeBrace
      ? this.#close(fields)
      : this.#member(fields, fields.fields.length);
  }

  next(fields: FieldTable, field: number): number {
    const code = this.peek();
    if (code === comma) {
      this.position++;
      return this.#member(fields, field);
    }
    if (code !== closeBrace) {
      throw hasProblems;
    }
    return this.#close(fields);
  }

  #close(fields: FieldTable): -1 {
    this.position++;
    this.levels++;
    this.#top -= fields.words;
    return -1;
  }

  /** Reads the name of a member after the given field, and goes to its value. */
  #member(fields: FieldTable, field: number): number {
    for (let last = field; ; ) {
      this.peek();
      let name = fields.following[last];
      if (name === undefined || !this.#isNext(name)) {
        name = this.#lookUp(fields, last);
      }
      if (name !== undefined) {
        const { slot } = name;
        last = slot >> 1;
        this.stand();
        this.markSeen(fields, slot);
        // Only null begins with "n".
        if (this.utf8[this.position] !== 110 || fields.takesNull.includes(last) || !this.isNull()) {
          return last;
        }
      }
      // A null, or an unknown member, is as good as none.
      const code = this.peek();
      if (code === closeBrace) {
        return this.#close(fields);
      }
      if (code !== comma) {
        throw hasProblems;
      }
      this.position++;
    }
  }

  /** Whether a name is next; if so, goes behind it. */
  #isNext(name: FieldName): boolean {
    const { view, position } = this;
    const { length } = name;
    if (view.getInt32(position, true) !== name.first) {
      return false;
    }
    const end = position + length;
    if (length > 8) {
      if (view.getInt32(position + 4, true) !== name.second) {
        return false;
      }
      const { between } = name;
      for (let i = 0; i < between.length; i++) {
        if (view.getInt32(position + 8 + 4 * i, true) !== between[i]) {
          return false;
        }
      }
    }
    if (view.getInt32(end - 4, true) !== name.last) {
      return false;
    }
    this.position = end;
    return true;
  }

  /** Notes by which name a field is set: each has a bit for both. */
  protected markSeen(fields: FieldTable, slot: number): void {
    const word = this.#top - fields.words + (slot >> 5);
    const set = seen[word] ?? 0;
    if ((set & (3 << (slot & 30))) !== 0) {
      const field = slot >> 1;
      const isSame = (set & (1 << (slot & 31))) !== 0 || hasOneName(fields, field);
      this.problem(isSame ? "duplicate key" : "set twice, by both of its names");
    }
    seen[word] = set | (1 << (slot & 31));
  }

  /** Finds out which member it is if the guess was wrong; skips an unknown one. */
  #lookUp(fields: FieldTable, last: number): FieldName | undefined {
    // Most senders keep to the order of the schema, and leave out what isn't set.
    const style = (fields.following[last]?.slot ?? 0) & 1;
    const count = fields.fields.length;
    const first = last === count ? 0 : last + 1;
    for (let field = first; field < count && field < first + 4; field++) {
      const name = nameAt(fields, 2 * field + style);
      if (this.#isNext(name)) {
        fields.following[last] = name;
        return name;
      }
    }
    const key = this.#name();
    const name = findName(fields, key);
    if (name !== undefined) {
      fields.following[last] = name;
      return name;
    }
    this.stand();
    if (!this.ignoresUnknown) {
      this.problem("unknown field");
    }
    this.#ignored ??= new Map();
    const keys = this.#ignored.get(this.levels) ?? new Set();
    if (keys.size === keys.add(key).size) {
      this.problem("duplicate key");
    }
    this.#ignored.set(this.levels, keys);
    this.skipValue();
    return undefined;
  }

  choose(chosen: string, member: string): string {
    if (chosen !== "") {
      this.problem(`must not be set together with ${quoted(chosen)}: they are in one oneof`);
    }
    return member;
  }

  openList(): boolean {
    return this.#openItems(openBracket, closeBracket, "array");
  }

  nextElement(): boolean {
    return this.#nextItem(closeBracket);
  }

  openMap(): boolean {
    return this.#openItems(openBrace, closeBrace, "object");
  }

  key(): string {
    this.#entries?.add(this.position);
    const key = this.#name();
    this.stand();
    return key;
  }

  nextEntry(): boolean {
    return this.#nextItem(closeBrace);
  }

  #openItems(open: number, close: number, type: string): boolean {
    if (this.utf8[this.position] !== open) {
      this.expected(type);
      return false;
    }
    this.position++;
    this.stand();
    if (this.utf8[this.position] !== close) {
      return true;
    }
    this.position++;
    return false;
  }

  #nextItem(close: number): boolean {
    const code = this.peek();
    this.position++;
    if (code === comma) {
      this.stand();
      return true;
    }
    if (code !== close) {
      throw hasProblems;
    }
    return false;
  }

  /** Reads the name of a member, and goes to its value. */
  #name(): string {
    const name = this.anyString();
    if (name === undefined || this.peek() !== colon) {
      throw hasProblems;
    }
    this.position++;
    return name;
  }

  enum<E extends number>(values: EnumValues<E>): E | undefined {
    const isName = this.utf8[this.position] === quote;
    const number = isName ? values.numbers.get(this.anyString() ?? "") : this.#enumNumber(values);
    if (number === undefined && !(isName && this.ignoresUnknown)) {
      this.expected(`a name of enum ${values.typeName}`);
    }
    return number;
  }

  #enumNumber<E extends number>({ open, names }: EnumValues<E>): E | undefined {
    const number = this.number();
    return (number | 0) === number && (open || names.has(number)) ? (number as E) : undefined;
  }

  checkDepth(): void {
    if (this.levels <= 0) {
      // The rest isn't looked at, because it may be as deep.
      this.problem(`nested deeper than ${this.#maxDepth} levels`);
      throw hasProblems;
    }
  }
}
