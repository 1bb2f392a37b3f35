import { decodeBase64 } from "./base64.ts";
import { parseBigInt, parseDouble, parseNumber } from "./parse-number.ts";
import { TextMemory } from "./text-memory.ts";

/** Thrown where the fast path ends. Nobody sees it, so that it needs no stack. */
export const leaveFastPath: unknown = new Error("this text needs the careful reader");

const quote = 34;
const minus = 45;
const point = 46;
const zero = 48;
const nine = 57;
const backslash = 92;

// Four characters as one integer.
const nullText = 0x6c6c756e;
const trueText = 0x65757274;
const alseText = 0x65736c61;

const anyNumber = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Exactly what a double can hold. */
const powersOfTen = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);

/**
 * Reads scalars from JSON text: the lower half of {@link JsonTextReader}. What
 * isn't there, or is too rare to be worth its code, leaves the fast path.
 *
 * It looks at the text as UTF-8, because bytes are cheaper to look at than the
 * characters of a string, and cuts strings out of the text itself.
 */
export class JsonTextScanner extends TextMemory {
  isNull(): boolean {
    if (this.view.getInt32(this.position, true) === nullText) {
      this.position += 4;
      return true;
    }
    return false;
  }

  string(): string {
    const bytes = this.utf8;
    const start = this.position + 1;
    if (bytes[start - 1] !== quote) {
      throw leaveFastPath;
    }
    let end = start;
    for (let code = bytes[end] ?? 0; code !== quote; code = bytes[++end] ?? 0) {
      if (code < 32 || code === backslash || code > 127) {
        return this.unusualString(start);
      }
    }
    this.position = end + 1;
    return this.source.substring(start - this.extra, end - this.extra);
  }

  /** Reads a string with escapes or characters beyond ASCII. */
  private unusualString(start: number): string {
    const from = start - 1 - this.extra;
    const hasEscapes = this.skipString(start);
    const value = this.source.substring(from, this.position - this.extra);
    if (!hasEscapes) {
      return value.slice(1, -1);
    }
    const parsed = parseJson(value);
    if (typeof parsed !== "string" || !parsed.isWellFormed()) {
      throw leaveFastPath;
    }
    return parsed;
  }

  bool(): boolean {
    if (this.view.getInt32(this.position, true) === trueText) {
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
    throw leaveFastPath;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const start = this.position + 1;
    const end = this.utf8.indexOf(quote, start);
    const value =
      this.utf8[start - 1] === quote && end > 0 && end < this.length
        ? decodeBase64(this.utf8, start, end)
        : undefined;
    if (value === undefined) {
      throw leaveFastPath;
    }
    this.position = end + 1;
    return value;
  }

  int32(): number {
    const number = this.numberOrText();
    if ((number | 0) !== number) {
      throw leaveFastPath;
    }
    return number;
  }

  uint32(): number {
    const number = this.numberOrText();
    if (number >>> 0 !== number) {
      throw leaveFastPath;
    }
    return number;
  }

  private numberOrText(): number {
    return this.utf8[this.position] === quote ? parseNumber(this.string()) : this.number();
  }

  int64(): bigint {
    const integer = this.integer();
    if (BigInt.asIntN(64, integer) !== integer) {
      throw leaveFastPath;
    }
    return integer;
  }

  uint64(): bigint {
    const integer = this.integer();
    if (BigInt.asUintN(64, integer) !== integer) {
      throw leaveFastPath;
    }
    return integer;
  }

  private integer(): bigint {
    if (this.utf8[this.position] !== quote) {
      const number = this.number();
      if (!Number.isInteger(number)) {
        throw leaveFastPath;
      }
      return BigInt(number);
    }
    const integer = parseBigInt(this.string());
    if (integer === undefined) {
      throw leaveFastPath;
    }
    return integer;
  }

  float(): number {
    const number = this.double();
    if (Number.isFinite(number) && !Number.isFinite(Math.fround(number))) {
      throw leaveFastPath;
    }
    return number;
  }

  double(): number {
    const number = this.utf8[this.position] === quote ? parseDouble(this.string()) : this.number();
    if (number === undefined) {
      throw leaveFastPath;
    }
    return number;
  }

  /** Reads a number. Up to 15 digits with or without a point are exact in doubles. */
  private number(): number {
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
    const whole = i - start;
    let digits = whole;
    if (code === point) {
      const first = i + 1;
      for (code = bytes[++i] ?? 0; code >= zero && code <= nine; code = bytes[++i] ?? 0) {
        value = value * 10 + (code - zero);
      }
      digits += i - first;
      value /= i === first ? 0 : (powersOfTen[i - first] ?? 0);
    }
    // Too many digits, none, one zero too many, or an exponent.
    const isUnusual =
      digits > 15 ||
      whole === 0 ||
      (whole > 1 && bytes[start] === zero) ||
      (code | 32) === 101 ||
      !Number.isFinite(value);
    if (isUnusual) {
      return this.unusualNumber();
    }
    this.position = i;
    return isNegative ? -value : value;
  }

  private unusualNumber(): number {
    anyNumber.lastIndex = this.position - this.extra;
    const match = anyNumber.exec(this.source)?.[0] ?? "";
    const number = match === "" ? Number.NaN : Number(match);
    if (!Number.isFinite(number)) {
      throw leaveFastPath;
    }
    this.position += match.length;
    return number;
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

  /**
   * Goes behind a string whose content starts at an index, and counts what it
   * has beyond ASCII. Returns whether it has escapes.
   */
  protected skipString(start: number): boolean {
    const bytes = this.utf8;
    let hasEscapes = false;
    let end = start;
    for (let code = bytes[end] ?? 0; code !== quote; code = bytes[++end] ?? 0) {
      if (code < 32) {
        // Control characters have to be escaped; the text ends with one.
        throw leaveFastPath;
      }
      if (code === backslash) {
        hasEscapes = true;
        end++;
      } else if (code > 127) {
        // Of two or three bytes one stands for the UTF-16 code unit, of four two.
        this.extra += code < 0xc0 ? 1 : code >= 0xf0 ? -1 : 0;
      }
    }
    this.position = end + 1;
    return hasEscapes;
  }
}

/** As `JSON.parse`, but leaves the fast path for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw leaveFastPath;
  }
}
