import type { AnyTypes } from "./any-type.ts";
import type { EnumValues } from "./enum-values.ts";
import { type FieldTable, packNames } from "./field-table.ts";
import type { JsonInput } from "./json-input.ts";
import { countColons, countMembers, findDuplicateKeys } from "./json-text.ts";
import type { MessageCodec } from "./message-codec.ts";
import type { PackedName } from "./packed-name.ts";
import { defaultMaxDepth, type ReadOptions } from "./read-options.ts";
import { JsonTextScanner, leaveFastPath, parseJson } from "./text-scanner.ts";

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
 *
 * This is the fast path: it takes well-formed text of a message without any
 * problem, and throws {@link leaveFastPath} for everything else, and for what
 * is too rare to be worth its code. Then the text is parsed and read with
 * care. Whatever it does return is what that would have returned.
 */
export class JsonTextReader extends JsonTextScanner implements JsonInput {
  readonly ignoresUnknown: boolean;
  readonly isWellFormed = true;
  readonly isOwned = true;
  readonly anyTypes: AnyTypes | undefined;
  levels: number;
  readonly #refusesDuplicates: boolean;
  /** The end of the sets in `seen`. */
  #top = 0;
  /** The unknown keys of each open message. */
  #ignored: Map<number, Set<string>> | undefined;

  constructor(text: string, options: ReadOptions | undefined, refusesDuplicates: boolean) {
    super(text);
    this.ignoresUnknown = options?.unknownFields === "ignore";
    this.anyTypes = options?.anyTypes;
    this.levels = options?.maxDepth ?? defaultMaxDepth;
    this.#refusesDuplicates = refusesDuplicates;
  }

  /** Reads the message that the text is. */
  read<T>(schema: MessageCodec<T>): T {
    if (!this.isValid) {
      throw leaveFastPath;
    }
    this.peek();
    const message = schema.readJson(this);
    this.peek();
    if (this.position !== this.length) {
      throw leaveFastPath;
    }
    return message;
  }

  open(fields: FieldTable): number {
    if (this.levels <= 0 || this.utf8[this.position] !== openBrace) {
      throw leaveFastPath;
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
      : this.#member(fields, fields.json.length);
  }

  next(fields: FieldTable, field: number): number {
    const code = this.peek();
    if (code === comma) {
      this.position++;
      return this.#member(fields, field);
    }
    if (code !== closeBrace) {
      throw leaveFastPath;
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
    fields.scanned ??= packNames(fields, "");
    const names = fields.scanned;
    for (let last = field; ; ) {
      this.peek();
      let slot = fields.guesses[last] ?? 0;
      if (!this.#isNext(names[slot])) {
        slot = this.#lookUp(fields, last, names);
      }
      if (slot >= 0) {
        last = slot >> 1;
        this.#markSeen(fields, last);
        // Only null begins with "n".
        if (this.peek() !== 110 || fields.takesNull[last] || !this.isNull()) {
          return last;
        }
      }
      // A null, or an unknown member, is as good as none.
      const code = this.peek();
      if (code === closeBrace) {
        return this.#close(fields);
      }
      if (code !== comma) {
        throw leaveFastPath;
      }
      this.position++;
    }
  }

  /** Whether a name is next; if so, goes behind it. */
  #isNext(name: PackedName | undefined): boolean {
    if (name === undefined) {
      return false;
    }
    const { view, position } = this;
    const { length, pieces } = name;
    // All but the last piece, and then the last eight bytes, which may overlap.
    let i = 0;
    for (let at = 0; at + 8 < length; at += 8, i++) {
      if (view.getFloat64(position + at, true) !== pieces[i]) {
        return false;
      }
    }
    const isSame =
      length >= 8
        ? view.getFloat64(position + length - 8, true) === name.last
        : this.#isShort(name);
    if (isSame) {
      this.position += length;
      this.extra += name.extra;
    }
    return isSame;
  }

  /** Names of one to four letters. */
  #isShort({ short, length }: PackedName): boolean {
    for (let i = 0; i < length; i++) {
      if (this.utf8[this.position + i] !== short[i]) {
        return false;
      }
    }
    return true;
  }

  #markSeen(fields: FieldTable, field: number): void {
    const word = this.#top - fields.words + (field >> 5);
    const bit = 1 << (field & 31);
    const set = seen[word] ?? 0;
    if ((set & bit) !== 0) {
      throw leaveFastPath;
    }
    seen[word] = set | bit;
  }

  /** Finds out which member it is if the guess was wrong; skips an unknown one. */
  #lookUp(fields: FieldTable, last: number, names: readonly PackedName[]): number {
    // Most senders keep to the order of the schema, and leave out what isn't set.
    const style = (fields.guesses[last] ?? 0) & 1;
    const first = last === fields.json.length ? 0 : last + 1;
    for (let slot = 2 * first + style; slot < 2 * first + 8; slot += 2) {
      if (this.#isNext(names[slot])) {
        fields.guesses[last] = slot;
        return slot;
      }
    }
    const key = this.key();
    const slot = fields.slots.get(key);
    if (slot !== undefined) {
      fields.guesses[last] = slot;
      return slot;
    }
    this.#ignored ??= new Map();
    const keys = this.#ignored.get(this.levels) ?? new Set();
    if (!this.ignoresUnknown || keys.has(key)) {
      throw leaveFastPath;
    }
    this.#ignored.set(this.levels, keys.add(key));
    this.value();
    return -1;
  }

  choose(chosen: string, member: string): string {
    if (chosen !== "") {
      throw leaveFastPath;
    }
    return member;
  }

  openList(): boolean {
    if (this.utf8[this.position++] !== openBracket) {
      throw leaveFastPath;
    }
    if (this.peek() === closeBracket) {
      this.position++;
      return false;
    }
    return true;
  }

  nextElement(): boolean {
    const code = this.peek();
    this.position++;
    if (code === comma) {
      this.peek();
      return true;
    }
    if (code === closeBracket) {
      return false;
    }
    throw leaveFastPath;
  }

  openMap(): boolean {
    if (this.utf8[this.position++] !== openBrace) {
      throw leaveFastPath;
    }
    if (this.peek() === closeBrace) {
      this.position++;
      return false;
    }
    return true;
  }

  key(): string {
    const key = this.string();
    if (this.peek() !== colon) {
      throw leaveFastPath;
    }
    this.position++;
    this.peek();
    return key;
  }

  nextEntry(): boolean {
    const code = this.peek();
    this.position++;
    if (code === comma) {
      this.peek();
      return true;
    }
    if (code === closeBrace) {
      return false;
    }
    throw leaveFastPath;
  }

  enum<E extends number>(values: EnumValues<E>): E | undefined {
    if (this.utf8[this.position] !== quote) {
      const number = this.int32();
      if (!values.open && !values.names.has(number)) {
        throw leaveFastPath;
      }
      return number as E;
    }
    const number = values.numbers.get(this.string());
    if (number === undefined) {
      throw leaveFastPath;
    }
    return number;
  }

  text(): string {
    return this.string();
  }

  value(): unknown {
    const start = this.position - this.extra;
    this.#skipValue();
    const text = this.source.substring(start, this.position - this.extra);
    const value = parseJson(text);
    if (
      this.#refusesDuplicates &&
      countColons(text) !== countMembers(value) &&
      findDuplicateKeys(text, 1).length > 0
    ) {
      throw leaveFastPath;
    }
    return value;
  }

  /** Goes behind a value, provided that it is well-formed. */
  #skipValue(): void {
    for (let nesting = 0; this.position < this.length; ) {
      switch (this.utf8[this.position]) {
        case openBrace:
        case openBracket:
          nesting++;
          break;
        case comma:
          if (nesting === 0) {
            return;
          }
          break;
        case closeBrace:
        case closeBracket:
          if (nesting === 0) {
            return;
          }
          nesting--;
          break;
        case quote:
          this.skipString(this.position + 1);
          continue;
      }
      this.position++;
    }
    throw leaveFastPath;
  }

  isDeepEnough(): boolean {
    if (this.levels <= 0) {
      throw leaveFastPath;
    }
    return true;
  }

  expected(): void {
    throw leaveFastPath;
  }

  problem(): void {
    throw leaveFastPath;
  }
}
