import type { PlacedProblem } from "./json-place.ts";
import { describe } from "./problem.ts";
import { TextMemory } from "./text-memory.ts";

/** Thrown at the first problem. Nobody sees it, so that it needs no stack. */
export const hasProblems: unknown = new Error("this text has to be read with care");

const quote = 34;
const comma = 44;
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

const anyNumber = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Exactly what a double can hold. */
const powersOfTen = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);

/**
 * Strings that are cut out of a text keep all of it in memory. A short string
 * should not keep megabytes, so that those of longer texts are copied.
 */
const maxCutLength = 1 << 16;

/**
 * Reads strings, numbers and literals from JSON text, and skips values.
 *
 * It looks at the text as UTF-8, because bytes are cheaper to look at than the
 * characters of a string, and cuts strings out of the text itself.
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
  #placeExtra = 0;

  constructor(text: string, isCareful: boolean, maxProblems: number) {
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
    const bytes = this.utf8;
    const start = this.position + 1;
    if (bytes[start - 1] !== quote) {
      return undefined;
    }
    let end = start;
    for (let code = bytes[end] ?? 0; code !== quote; code = bytes[++end] ?? 0) {
      if (code < 32 || code === backslash || code > 127) {
        return this.unusualString(start);
      }
    }
    this.position = end + 1;
    const value = this.source.substring(start - this.extra, end - this.extra);
    return this.source.length > maxCutLength ? copy(value) : value;
  }

  /** Reads a string with escapes or characters beyond ASCII. */
  private unusualString(start: number): string {
    const bytes = this.utf8;
    const from = start - 1 - this.extra;
    let hasEscapes = false;
    let end = start;
    for (let code = bytes[end] ?? 0; code !== quote; code = bytes[++end] ?? 0) {
      if (code < 32) {
        // Control characters have to be escaped; the text ends with one.
        throw hasProblems;
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
    const json = this.source.substring(from, this.position - this.extra);
    if (!hasEscapes) {
      const value = json.slice(1, -1);
      return this.source.length > maxCutLength ? copy(value) : value;
    }
    const value = String(parseJson(json));
    if (this.problems === undefined && !value.isWellFormed()) {
      throw hasProblems;
    }
    return value;
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
    this.position += match.length;
    return match === "" ? Number.NaN : Number(match);
  }

  skip(): void {
    this.skipValue(false);
  }

  value(): unknown {
    const start = this.position - this.extra;
    this.skipValue();
    return parseJson(this.source.substring(start, this.position - this.extra));
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
    const bytes = this.utf8;
    const start = this.position + 1;
    let end = start;
    for (let code = bytes[end] ?? 0; code !== quote; code = bytes[++end] ?? 0) {
      if (code < 32 || code === backslash || code > 127) {
        this.unusualString(start);
        return;
      }
    }
    this.position = end + 1;
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
    this.extra = this.#placeExtra;
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
    this.#placeExtra = this.extra;
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

/** As `JSON.parse`, for what may be no JSON. */
function parseJson(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    throw hasProblems;
  }
}
