import { decodeBase64 } from "./base64.ts";
import { parseBigInt, parseDouble, parseNumber } from "./parse-number.ts";

/** Thrown where the fast path ends. Nobody sees it, so that it needs no stack. */
export const leaveFastPath: unknown = new Error("this text needs the careful reader");

const quote = 34;
const minus = 45;
const point = 46;
const backslash = 92;

const anyNumber = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Exactly what a double can hold. */
const powersOfTen = Array.from({ length: 16 }, (_, i) => 10 ** i);

/**
 * Reads scalars from JSON text: the lower half of {@link JsonTextReader}. What
 * isn't there, or is too rare to be worth its code, leaves the fast path.
 */
export class JsonTextScanner {
  protected readonly source: string;
  protected position = 0;
  /** The value of the digits that were found last. */
  private digitsValue = 0;

  constructor(source: string) {
    this.source = source;
  }

  isNull(): boolean {
    if (this.source.startsWith("null", this.position)) {
      this.position += 4;
      return true;
    }
    return false;
  }

  string(): string {
    const text = this.source;
    const start = this.position + 1;
    if (text.charCodeAt(start - 1) !== quote) {
      throw leaveFastPath;
    }
    let end = start;
    for (let code = text.charCodeAt(end); code !== quote; code = text.charCodeAt(++end)) {
      if (code === backslash) {
        return this.escapedString(end);
      }
      // Control characters have to be escaped; NaN is the end of the text.
      if (!(code >= 32)) {
        throw leaveFastPath;
      }
    }
    this.position = end + 1;
    return text.substring(start, end);
  }

  /** Reads a string with escapes, the first of them at the given index. */
  private escapedString(firstEscape: number): string {
    let end = firstEscape;
    for (let code = backslash; code !== quote; code = this.source.charCodeAt(end)) {
      if (!(code >= 32)) {
        throw leaveFastPath;
      }
      end += code === backslash ? 2 : 1;
    }
    const value: unknown = parseJson(this.source.substring(this.position, end + 1));
    if (typeof value !== "string" || !value.isWellFormed()) {
      throw leaveFastPath;
    }
    this.position = end + 1;
    return value;
  }

  bool(): boolean {
    const value = this.source.startsWith("true", this.position);
    if (!value && !this.source.startsWith("false", this.position)) {
      throw leaveFastPath;
    }
    this.position += value ? 4 : 5;
    return value;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const start = this.position + 1;
    const end = this.source.indexOf('"', start);
    if (this.source.charCodeAt(start - 1) !== quote || end < 0) {
      throw leaveFastPath;
    }
    const bytes = decodeBase64(this.source, start, end);
    if (bytes === undefined) {
      throw leaveFastPath;
    }
    this.position = end + 1;
    return bytes;
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
    return this.source.charCodeAt(this.position) === quote
      ? parseNumber(this.string())
      : this.number();
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
    if (this.source.charCodeAt(this.position) === quote) {
      const start = this.position + 1;
      const digits = this.digits(start);
      if (digits > start && digits - start <= 15 && this.source.charCodeAt(digits) === quote) {
        this.position = digits + 1;
        return BigInt(this.digitsValue);
      }
      const integer = parseBigInt(this.string());
      if (integer === undefined) {
        throw leaveFastPath;
      }
      return integer;
    }
    const number = this.number();
    if (!Number.isInteger(number)) {
      throw leaveFastPath;
    }
    return BigInt(number);
  }

  /** Goes over digits. Returns the index of what comes after them. */
  private digits(start: number): number {
    const text = this.source;
    let i = start;
    let value = 0;
    for (
      let digit = text.charCodeAt(i) - 48;
      digit >= 0 && digit <= 9;
      digit = text.charCodeAt(++i) - 48
    ) {
      value = value * 10 + digit;
    }
    this.digitsValue = value;
    return i;
  }

  float(): number {
    const number = this.double();
    if (Number.isFinite(number) && !Number.isFinite(Math.fround(number))) {
      throw leaveFastPath;
    }
    return number;
  }

  double(): number {
    const number =
      this.source.charCodeAt(this.position) === quote ? parseDouble(this.string()) : this.number();
    if (number === undefined) {
      throw leaveFastPath;
    }
    return number;
  }

  /** Reads a number. Up to 15 digits with or without a point are exact in doubles. */
  private number(): number {
    const text = this.source;
    let i = this.position;
    let code = text.charCodeAt(i);
    const negative = code === minus;
    if (negative) {
      code = text.charCodeAt(++i);
    }
    const start = i;
    let value = 0;
    while (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      code = text.charCodeAt(++i);
    }
    const whole = i - start;
    let fraction = 0;
    if (code === point) {
      const start = i;
      code = text.charCodeAt(++i);
      while (code >= 48 && code <= 57) {
        value = value * 10 + code - 48;
        code = text.charCodeAt(++i);
      }
      fraction = i - start - 1;
      if (fraction === 0) {
        throw leaveFastPath;
      }
      value /= powersOfTen[fraction] ?? Number.NaN;
    }
    const leadingZero = whole > 1 && text.charCodeAt(start) === 48;
    if (whole === 0 || leadingZero || whole + fraction > 15 || (code | 32) === 101) {
      return this.unusualNumber();
    }
    this.position = i;
    return negative ? -value : value;
  }

  private unusualNumber(): number {
    anyNumber.lastIndex = this.position;
    const match = anyNumber.exec(this.source);
    const number = match === null ? Number.NaN : Number(match[0]);
    if (!Number.isFinite(number)) {
      throw leaveFastPath;
    }
    this.position = anyNumber.lastIndex;
    return number;
  }

  /** The character code at the position, after white space. */
  protected peek(): number {
    const code = this.source.charCodeAt(this.position);
    return code <= 32 ? this.skipSpace(code) : code;
  }

  private skipSpace(first: number): number {
    let code = first;
    while (code === 32 || code === 10 || code === 13 || code === 9) {
      code = this.source.charCodeAt(++this.position);
    }
    return code;
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
