import { restoreDigits } from "./lossless-json.ts";
import { hasProblems } from "./parse-json.ts";
import type { ReadOptions } from "./read-options.ts";
import { endOfValue } from "./skip-json.ts";
import { JsonTextReader } from "./text-reader.ts";

const quote = 34;
const openBrace = 123;

const longInteger = /^-?\d{16,20}$/;

/** How platforms' JSON is read. */
export interface ExactOptions extends ReadOptions {
  /** How deep objects and arrays may lie in one another; no limit unless given. */
  readonly maxNesting?: number;
}

/**
 * Reads JSON text of platforms, which send ids of 19 digits as bare numbers.
 * Integers that a number can't hold are read digit by digit: by 64-bit fields
 * as what they are, by strings as their text.
 */
export class ExactJsonReader extends JsonTextReader {
  readonly #maxNesting: number;
  /** How many messages may be open. */
  #allLevels: number;

  constructor(text: string | Uint8Array, options: ExactOptions, isCareful: boolean) {
    super(text, options, isCareful);
    this.#maxNesting = options.maxNesting ?? Number.POSITIVE_INFINITY;
    this.#allLevels = this.levels;
  }

  override string(): string {
    return this.#longInteger() ?? super.string();
  }

  /** Reads the text of an id, which may also be an integer. */
  id(): string {
    if (this.utf8[this.position] === quote) {
      return this.string();
    }
    const long = this.#longInteger();
    if (long !== undefined) {
      return long;
    }
    const number = this.number();
    if (!Number.isSafeInteger(number)) {
      throw hasProblems;
    }
    return String(number);
  }

  /** Goes behind an object that is read later, and returns the indexes where it begins and ends. */
  object(): readonly [start: number, end: number] {
    const start = this.position;
    if (this.utf8[start] !== openBrace) {
      throw hasProblems;
    }
    this.position = this.#endOfValue();
    return [start, this.position];
  }

  /**
   * Reads a message from the object that comes next; unknown fields are refused.
   * Undefined, as if nothing had been read, if there is no object, or there are
   * problems.
   */
  messageHere<T>(schema: { readJson(input: JsonTextReader): T }): { message: T } | undefined {
    if (this.utf8[this.position] !== openBrace) {
      return undefined;
    }
    const { ignoresUnknown } = this;
    const allLevels = this.#allLevels;
    // Between two messages there is no more than one list or map. What lies deeper is passed first.
    const levels = Math.min(this.levels, Math.floor(this.#maxNesting / 2) - 1);
    this.#allLevels -= this.levels - levels;
    this.ignoresUnknown = false;
    const read = this.attempt(schema, levels);
    this.ignoresUnknown = ignoresUnknown;
    this.#allLevels = allLevels;
    return read;
  }

  /** Where the next byte is. */
  get index(): number {
    return this.position;
  }

  /**
   * Reads a message from an object that was passed before; unknown fields are
   * refused. Undefined if there are problems, of which this reader says nothing.
   */
  readObject<T>(
    [start, end]: readonly [start: number, end: number],
    schema: { readJson(input: JsonTextReader): T },
  ): { readonly message: T } | undefined {
    this.position = start;
    this.levels = this.#allLevels;
    this.ignoresUnknown = false;
    return this.readUpTo(end, schema);
  }

  protected override integer(): bigint | undefined {
    const long = this.#longInteger();
    return long === undefined ? super.integer() : BigInt(long);
  }

  /** Reads a bare integer that a number can't hold. Undefined if there is something else. */
  #longInteger(): string | undefined {
    const start = this.position;
    if (this.utf8[start] !== quote && !Number.isSafeInteger(this.number())) {
      const text = this.source.substring(start, this.position);
      if (longInteger.test(text)) {
        return text;
      }
    }
    this.position = start;
    return undefined;
  }

  protected override skipValue(seesKeys?: boolean): void {
    if (this.#maxNesting < Number.POSITIVE_INFINITY) {
      this.#endOfValue();
    }
    super.skipValue(seesKeys);
  }

  #endOfValue(): number {
    const depth = this.#maxNesting - (this.#allLevels - this.levels);
    const end = endOfValue(this.utf8, this.position, depth);
    if (end < 0 || end > this.length) {
      throw hasProblems;
    }
    return end;
  }

  protected override parse(json: string): unknown {
    return restoreDigits(json, super.parse(json));
  }
}
