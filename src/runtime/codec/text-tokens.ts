import { utf8Text } from "./byte-text.ts";
import type { PlacedProblem } from "./json-place.ts";
import { hasProblems, parseJson } from "./parse-json.ts";
import { describe } from "./problem.ts";
import { firstByte, unusualBits } from "./text-bits.ts";
import { TextMemory } from "./text-memory.ts";

const quote = 34;
const comma = 44;
const plus = 43;
const minus = 45;
const point = 46;
const zero = 48;
const nine = 57;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;

// Four characters as one integer.
const nullText = 0x6c6c756e;
const trueText = 0x65757274;
const alseText = 0x65736c61;

/** Exactly what a double can hold. */
const powersOfTen = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/**
 * Strings that are cut out of a text keep all of it in memory. A short string
 * should not keep megabytes, so that those of longer texts are copied.
 */
const maxCutLength = 1 << 16;

/**
 * Reads strings, numbers and literals from JSON text, and skips values.
 *
 * It looks at the text as UTF-8, because bytes are cheaper to look at than the
 * characters of a string, and cuts strings out of one with a character per byte.
 *
 * A text is read without care first, and if that meets a problem once more
 * with care, to find all of them. The second time it is known to be JSON.
 */
export class TextTokens extends TextMemory {
  /** What is wrong; undefined when reading without care. */
  protected readonly problems: PlacedProblem[] | undefined;
  protected readonly maxProblems: number;
  /** Where the value begins that is read next, or was read last. */
  place = 0;

  constructor(text: string | Uint8Array, isCareful: boolean, maxProblems: number) {
    super(text);
    this.problems = isCareful ? [] : undefined;
    this.maxProblems = maxProblems;
  }

  /** Whether strings are known to have no unpaired surrogates. */
  get isWellFormed(): boolean {
    return this.problems === undefined;
  }

  isNull(): boolean {
    if (this.view.getInt32(this.position, true) === nullText) {
      this.position += 4;
      return true;
    }
    return false;
  }

  /** Reads a string that may have unpaired surrogates. Undefined for other values. */
  protected anyString(): string | undefined {
    const start = this.position + 1;
    if (this.utf8[start - 1] !== quote) {
      return undefined;
    }
    const end = this.#endOfPlain(start);
    if (this.utf8[end] !== quote) {
      return this.unusualString(start);
    }
    this.position = end + 1;
    return this.#cut(start, end);
  }

  /** The index of the first byte that does not stand for itself in a string. */
  #endOfPlain(start: number): number {
    const { view } = this;
    let at = start;
    let bits = unusualBits(view.getInt32(at, true));
    while (bits === 0) {
      at += 4;
      bits = unusualBits(view.getInt32(at, true));
    }
    return at + firstByte(bits);
  }

  /** The same, but all characters beyond ASCII stand for themselves. */
  #endOfPlainText(start: number): number {
    const { view } = this;
    let at = start;
    let four = view.getInt32(at, true);
    let bits = unusualBits(four) & ~four;
    while (bits === 0) {
      at += 4;
      four = view.getInt32(at, true);
      bits = unusualBits(four) & ~four;
    }
    return at + firstByte(bits);
  }

  /** Reads a string with escapes or characters beyond ASCII. */
  private unusualString(start: number): string {
    let hasEscapes = false;
    let end = this.#endOfPlainText(start);
    while (this.utf8[end] !== quote) {
      if (this.utf8[end] !== backslash) {
        // Control characters have to be escaped; the text ends with one.
        throw hasProblems;
      }
      hasEscapes = true;
      end = this.#endOfPlainText(end + 2);
    }
    this.position = end + 1;
    if (!hasEscapes) {
      return this.#text(start, end);
    }
    const value = String(parseJson(this.#text(start - 1, end + 1)));
    if (this.problems === undefined && !value.isWellFormed()) {
      throw hasProblems;
    }
    return value;
  }

  /** The ASCII between two indexes. */
  #cut(start: number, end: number): string {
    const value = this.source.substring(start, end);
    return this.length > maxCutLength ? copy(value) : value;
  }

  /** The text between two indexes. */
  #text(start: number, end: number): string {
    const text = utf8Text(this.utf8, start, end);
    if (text === undefined) {
      throw hasProblems;
    }
    return text;
  }

  bool(): boolean {
    const first = this.view.getInt32(this.position, true);
    if (first === trueText) {
      this.position += 4;
      return true;
    }
    if (
      this.utf8[this.position] === 102 &&
      this.view.getInt32(this.position + 1, true) === alseText
    ) {
      this.position += 5;
      return false;
    }
    this.expected("boolean");
    return false;
  }

  /** Reads a number; NaN if there is none. Up to 15 digits with or without a point are exact. */
  protected number(): number {
    const bytes = this.utf8;
    let i = this.position;
    let code = bytes[i] ?? 0;
    const isNegative = code === minus;
    if (isNegative) {
      code = bytes[++i] ?? 0;
    }
    const start = i;
    let value = 0;
    for (; code >= zero && code <= nine; code = bytes[++i] ?? 0) {
      value = value * 10 + (code - zero);
    }
    let digits = i - start;
    if (digits === 0 || (digits > 1 && bytes[start] === zero)) {
      return Number.NaN;
    }
    if (code === point) {
      const first = i + 1;
      for (code = bytes[++i] ?? 0; code >= zero && code <= nine; code = bytes[++i] ?? 0) {
        value = value * 10 + (code - zero);
      }
      const decimals = i - first;
      if (decimals === 0) {
        return Number.NaN;
      }
      digits += decimals;
      value /= powersOfTen[decimals] ?? 0;
    }
    const hasExponent = (code | 32) === 101;
    if (hasExponent) {
      i = this.#endOfExponent(i + 1);
    }
    const from = this.position;
    this.position = i;
    return hasExponent || digits > 15
      ? Number(this.source.substring(from, i))
      : isNegative
        ? -value
        : value;
  }

  /** The index behind the exponent of a number. */
  #endOfExponent(start: number): number {
    const bytes = this.utf8;
    let i = start;
    let code = bytes[i] ?? 0;
    if (code === plus || code === minus) {
      code = bytes[++i] ?? 0;
    }
    const first = i;
    for (; code >= zero && code <= nine; code = bytes[++i] ?? 0) {}
    if (i === first) {
      throw hasProblems;
    }
    return i;
  }

  skip(): void {
    this.skipValue(false);
  }

  value(): unknown {
    const start = this.position;
    this.skipValue();
    return this.parse(this.#text(start, this.position));
  }

  /** Parses a value that has been skipped. */
  protected parse(json: string): unknown {
    return parseJson(json);
  }

  /**
   * Goes behind a value of any depth, provided that it is well-formed. Looks for
   * duplicate keys unless told not to.
   */
  protected skipValue(seesKeys = true): void {
    // What ends each open object or array, and the keys that are looked at.
    const ends: number[] = [];
    const keys: (Set<string> | undefined)[] = [];
    do {
      const code = this.peek();
      if (code === openBrace || code === openBracket) {
        const end = code + 2;
        this.position++;
        if (this.peek() !== end) {
          ends.push(end);
          keys.push(seesKeys && end === closeBrace ? new Set() : undefined);
          this.skipKey(end, keys.at(-1));
          continue;
        }
        this.position++;
      } else {
        this.skipScalar(code);
      }
      while (ends.length > 0) {
        const end = ends.at(-1) ?? 0;
        const next = this.peek();
        this.position++;
        if (next === comma) {
          this.skipKey(end, keys.at(-1));
          break;
        }
        if (next !== end) {
          throw hasProblems;
        }
        ends.pop();
        keys.pop();
      }
    } while (ends.length > 0);
  }

  private skipKey(end: number, keys: Set<string> | undefined): void {
    if (end !== closeBrace) {
      return;
    }
    if (this.peek() !== quote) {
      throw hasProblems;
    }
    const key = keys === undefined ? this.skipString() : this.anyString();
    if (this.peek() !== colon) {
      throw hasProblems;
    }
    this.position++;
    if (key !== undefined && keys?.size === keys?.add(key).size) {
      this.problem("duplicate key", "", this.position);
    }
  }

  private skipString(): undefined {
    const start = this.position + 1;
    const end = this.#endOfPlain(start);
    if (this.utf8[end] === quote) {
      this.position = end + 1;
    } else {
      this.unusualString(start);
    }
  }

  private skipScalar(code: number): void {
    if (code === quote) {
      this.skipString();
    } else if (!this.isNull()) {
      if (code === 116 || code === 102) {
        this.bool();
      } else if (Number.isNaN(this.number())) {
        throw hasProblems;
      }
    }
  }

  /** Notes that the value should have been something else, and goes behind it. */
  expected(type: string): void {
    if (this.problems === undefined) {
      throw hasProblems;
    }
    this.position = this.place;
    this.problem(`expected ${type}, got ${describe(this.value())}`);
  }

  /** Notes a problem of the value, or of something inside. */
  problem(message: string, steps = "", at = this.place): void {
    this.problems?.push({ at, steps, message });
    if (this.problems === undefined || this.problems.length >= this.maxProblems) {
      throw hasProblems;
    }
  }

  /** Goes to the next value. */
  protected stand(): void {
    this.peek();
    this.place = this.position;
  }

  /** The character code at the position, after white space. */
  protected peek(): number {
    const code = this.utf8[this.position] ?? 0;
    return code <= 32 ? this.skipSpace(code) : code;
  }

  private skipSpace(first: number): number {
    let code = first;
    while (code === 32 || code === 10 || code === 13 || code === 9) {
      code = this.utf8[++this.position] ?? 0;
    }
    return code;
  }
}

/** A copy of a well-formed string that keeps nothing else in memory. */
function copy(value: string): string {
  // Shorter strings are never cut out.
  return value.length < 13 ? value : parseJson(JSON.stringify(value));
}
