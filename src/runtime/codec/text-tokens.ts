import { hasProblems, parseJson } from "./parse-json.ts";
import { describe } from "./problem.ts";
import { TextStrings } from "./text-strings.ts";

const quote = 34;
const comma = 44;
const plus = 43;
const minus = 45;
const point = 46;
const zero = 48;
const nine = 57;
const colon = 58;
const openBracket = 91;
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

/** Reads numbers and literals from JSON text, beside strings, and skips values. */
export class TextTokens extends TextStrings {
  isNull(): boolean {
    if (this.view.getInt32(this.position, true) === nullText) {
      this.position += 4;
      return true;
    }
    return false;
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
    return this.parse(this.textBetween(start, this.position));
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
