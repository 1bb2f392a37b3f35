import { type PlacedProblem, withPaths } from "./json-place.ts";
import type { PackedName } from "./packed-name.ts";
import { describe, type Problem } from "./problem.ts";

/** Thrown at the first problem. Nobody sees it, so that it needs no stack. */
export const hasProblems: unknown = new Error("this message has to be written with care");

const quote = 34;
const minus = 45;
const point = 46;
const backslash = 92;
const openBrace = 123;

const alphabet = new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
);
const padding = 61;

const decoder = new TextDecoder();

/** By character code, 1 for ASCII characters that stand for themselves in a JSON string. */
const plain = new Uint8Array(256).fill(1, 32, 127);
plain[quote] = 0;
plain[backslash] = 0;

/** Memory that a printer fills. */
interface Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  readonly view: DataView;
}

/** Memory that the next printer takes, so that not every message needs its own. */
let spare: Memory | undefined;

/** Fifteen digits. */
const maxThousandths = 1e15;

/** No more memory than this is kept for later. */
const maxSpare = 1 << 18;

/**
 * Prints scalars as JSON text: the lower half of {@link JsonTextWriter}. The
 * text is built as UTF-8, because bytes are cheaper to append than strings.
 */
export class JsonTextPrinter {
  #memory: Memory;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  readonly #maxProblems: number;
  /** What can't be written; undefined when writing without care. */
  readonly #problems: PlacedProblem[] | undefined;
  /** Where the keys of maps are; undefined when writing without care. */
  protected readonly entries: Set<number> | undefined;

  /** Without a limit of problems, the first one ends writing. */
  constructor(maxProblems: number) {
    this.#maxProblems = maxProblems;
    this.#problems = maxProblems > 0 ? [] : undefined;
    this.entries = maxProblems > 0 ? new Set() : undefined;
    this.#memory = spare ?? allocate(1 << 12);
    this.#bytes = this.#memory.bytes;
    spare = undefined;
  }

  /** The printed text. The printer ends with it. */
  finish(): string {
    const text = decoder.decode(this.#bytes.subarray(0, this.#length));
    this.release();
    return text;
  }

  /** The printed text as UTF-8. The printer ends with it. */
  finishBytes(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.slice(0, this.#length);
    this.release();
    return bytes;
  }

  /** Gives the memory back. */
  release(): void {
    if (this.#bytes.length <= maxSpare) {
      spare = this.#memory;
    }
  }

  /** Everything that can't be written. */
  get problems(): readonly Problem[] {
    return withPaths(this.#bytes, this.#problems ?? [], this.entries ?? new Set());
  }

  expected(type: string, value: unknown): void {
    this.refuse(`expected ${type}, got ${describe(value)}`);
  }

  refuse(message: string): void {
    this.#problems?.push({ at: this.#length, steps: "", message });
    if (this.#problems === undefined || this.#problems.length >= this.#maxProblems) {
      throw hasProblems;
    }
    this.text("null");
  }

  /** How many bytes have been printed. */
  protected get length(): number {
    return this.#length;
  }

  /** The byte that was printed last; 0 before the first. */
  protected get last(): number {
    return this.#bytes[this.#length - 1] ?? 0;
  }

  protected byte(code: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
  }

  /** Prints a comma, unless an object has just been opened, and the name of a member. */
  protected member(name: PackedName): void {
    this.#reserve(name.length + 8);
    const isFirst = this.last === openBrace;
    const { pieces } = name;
    const { view } = this.#memory;
    const at = this.#length - (isFirst ? 1 : 0);
    for (let i = 0; i < pieces.length; i++) {
      view.setFloat64(at + 8 * i, pieces[i] ?? 0, true);
    }
    if (isFirst) {
      // The comma went where the brace is.
      this.#bytes[at] = openBrace;
    }
    this.#length = at + name.length;
  }

  string(value: string): void {
    if (typeof value !== "string") {
      this.expected("string", value);
      return;
    }
    // At most three bytes for every UTF-16 code unit.
    this.#reserve(3 * value.length + 2);
    const bytes = this.#bytes;
    let end = this.#length;
    bytes[end++] = quote;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 255 || plain[code] === 0) {
        this.#unusualString(value);
        return;
      }
      bytes[end++] = code;
    }
    bytes[end++] = quote;
    this.#length = end;
  }

  #unusualString(value: string): void {
    this.text(JSON.stringify(value));
  }

  /** Prints text as it is. */
  protected text(text: string): void {
    this.#reserve(3 * text.length);
    const bytes = this.#bytes;
    let end = this.#length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x80) {
        bytes[end++] = code;
      } else {
        if (code < 0x800) {
          bytes[end++] = 0xc0 | (code >> 6);
        } else if (code >= 0xd800 && code < 0xdc00) {
          // JSON.stringify leaves no surrogates that have no partner.
          const pair = 0x10000 + ((code & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
          bytes[end++] = 0xf0 | (pair >> 18);
          bytes[end++] = 0x80 | ((pair >> 12) & 0x3f);
          bytes[end++] = 0x80 | ((pair >> 6) & 0x3f);
          bytes[end++] = 0x80 | (pair & 0x3f);
          continue;
        } else {
          bytes[end++] = 0xe0 | (code >> 12);
          bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
        }
        bytes[end++] = 0x80 | (code & 0x3f);
      }
    }
    this.#length = end;
  }

  bool(value: boolean): void {
    if (typeof value === "boolean") {
      this.text(value ? "true" : "false");
    } else {
      this.expected("boolean", value);
    }
  }

  bytes(value: Uint8Array): void {
    if (!(value instanceof Uint8Array)) {
      this.expected("Uint8Array", value);
      return;
    }
    this.#reserve(((value.length + 2) / 3) * 4 + 6);
    const bytes = this.#bytes;
    let end = this.#length;
    bytes[end++] = quote;
    for (let i = 0; i < value.length; i += 3) {
      const [a = 0, b, c] = [value[i], value[i + 1], value[i + 2]];
      const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
      bytes[end++] = alphabet[bits >> 18] ?? 0;
      bytes[end++] = alphabet[(bits >> 12) & 63] ?? 0;
      bytes[end++] = b === undefined ? padding : (alphabet[(bits >> 6) & 63] ?? 0);
      bytes[end++] = c === undefined ? padding : (alphabet[bits & 63] ?? 0);
    }
    bytes[end++] = quote;
    this.#length = end;
  }

  int32(value: number): void {
    if ((value | 0) === value) {
      this.#reserve(11);
      this.#digits(value);
    } else if (typeof value === "number" && Number.isFinite(value)) {
      this.text(String(value));
    } else {
      this.expected("number", value);
    }
  }

  double(value: number): void {
    const thousandths = Math.round(value * 1000);
    if ((value | 0) === value) {
      this.int32(value);
    } else if (thousandths / 1000 === value && Math.abs(thousandths) < maxThousandths) {
      this.#thousandths(thousandths);
    } else if (Number.isFinite(value)) {
      this.int32(value);
    } else if (typeof value === "number") {
      this.text(`"${value}"`);
    } else {
      this.expected("number", value);
    }
  }

  /**
   * Prints a number with up to three digits after the point. No shorter text
   * stands for the same double, because texts of up to 15 digits all stand for
   * different ones.
   */
  #thousandths(value: number): void {
    this.#reserve(24);
    const bytes = this.#bytes;
    if (value < 0) {
      bytes[this.#length++] = minus;
    }
    const rest = Math.abs(value);
    const whole = Math.floor(rest / 1000);
    this.#digits(whole);
    let fraction = rest - whole * 1000;
    if (fraction > 0) {
      bytes[this.#length++] = point;
      for (let unit = 100; fraction > 0; unit = unit === 100 ? 10 : 1) {
        const digit = (fraction / unit) | 0;
        bytes[this.#length++] = 48 + digit;
        fraction -= digit * unit;
      }
    }
  }

  int64(value: bigint | string): void {
    if (typeof value === "bigint") {
      this.byte(quote);
      const number = Number(value);
      if (Number.isSafeInteger(number)) {
        this.#reserve(21);
        this.#digits(number);
      } else {
        this.text(String(value));
      }
      this.byte(quote);
    } else if (typeof value === "string" || Number.isInteger(value)) {
      this.string(String(value));
    } else {
      this.expected("bigint", value);
    }
  }

  /** Prints an integer of up to 53 bits, for which there is room. */
  #digits(value: number): void {
    const bytes = this.#bytes;
    let rest = value;
    if (rest < 0) {
      bytes[this.#length++] = minus;
      rest = -rest;
    }
    let digits = 1;
    for (let limit = 10; rest >= limit; limit *= 10) {
      digits++;
    }
    this.#length += digits;
    let at = this.#length;
    // Division of small integers is cheaper.
    while (rest > 0x7fffffff) {
      const tenth = Math.floor(rest / 10);
      bytes[--at] = 48 + (rest - tenth * 10);
      rest = tenth;
    }
    do {
      const tenth = (rest / 10) | 0;
      bytes[--at] = 48 + (rest - tenth * 10);
      rest = tenth;
    } while (at > this.#length - digits);
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed > this.#bytes.length) {
      this.#memory = allocate(Math.max(2 * this.#bytes.length, needed));
      this.#memory.bytes.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = this.#memory.bytes;
    }
  }
}

function allocate(size: number): Memory {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}
