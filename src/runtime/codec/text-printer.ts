import { alphabet } from "./base64.ts";
import type { FieldName } from "./field-name.ts";
import { type PlacedProblem, withPaths } from "./json-place.ts";
import { printInteger, printThousandths } from "./print-digits.ts";
import { printPlain } from "./print-text.ts";
import { describe, type Problem } from "./problem.ts";
import { giveBack, putText, resize, takeMemory, type Utf8Memory } from "./utf8-memory.ts";

/** Thrown at the first problem. Nobody sees it, so that it needs no stack. */
export const hasProblems: unknown = new Error("this message has to be written with care");

const quote = 34;
const comma = 44;
const openBrace = 123;

const padding = 61;

/** Fifteen digits. */
const maxThousandths = 1e15;

/**
 * Prints scalars as JSON text: the lower half of {@link JsonTextWriter}. The
 * text is built as UTF-8, because bytes are cheaper to append than strings.
 */
export class JsonTextPrinter {
  #memory: Utf8Memory;
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
    this.#memory = takeMemory(0);
    this.#bytes = this.#memory.bytes;
  }

  /** Ends printing, and returns what is made of the printed text. */
  finish<T>(make: (memory: Utf8Memory, length: number) => T): T {
    const made = make(this.#memory, this.#length);
    this.release();
    return made;
  }

  /** Gives the memory back. */
  release(): void {
    giveBack(this.#memory);
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
  protected member(name: FieldName): void {
    const { length } = name;
    this.#reserve(length + 1);
    let at = this.#length;
    if (this.#bytes[at - 1] !== openBrace) {
      this.#bytes[at++] = comma;
    }
    const end = at + length;
    const { view } = this.#memory;
    view.setInt32(at, name.first, true);
    if (length > 8) {
      view.setInt32(at + 4, name.second, true);
      const { between } = name;
      for (let i = 0; i < between.length; i++) {
        view.setInt32(at + 8 + 4 * i, between[i] ?? 0, true);
      }
    }
    view.setInt32(end - 4, name.last, true);
    this.#length = end;
  }

  string(value: string): void {
    if (typeof value !== "string") {
      this.expected("string", value);
      return;
    }
    // At most three bytes for every UTF-16 code unit.
    this.#reserve(3 * value.length + 2);
    const start = this.#length;
    const end = printPlain(this.#memory, start + 1, value);
    if (end < 0) {
      this.text(JSON.stringify(value));
      return;
    }
    this.#bytes[start] = quote;
    this.#bytes[end] = quote;
    this.#length = end + 1;
  }

  /** Prints text as it is. */
  text(text: string): void {
    this.#reserve(3 * text.length);
    this.#length += putText(this.#memory, this.#length, text);
  }

  bool(value: boolean): void {
    if (typeof value === "boolean") {
      this.#reserve(5);
      const bytes = this.#bytes;
      const start = this.#length;
      if (value) {
        bytes[start] = 116;
        bytes[start + 1] = 114;
        bytes[start + 2] = 117;
      } else {
        bytes[start] = 102;
        bytes[start + 1] = 97;
        bytes[start + 2] = 108;
        bytes[start + 3] = 115;
      }
      this.#length = start + (value ? 4 : 5);
      bytes[this.#length - 1] = 101;
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
    let i = 0;
    for (; i + 2 < value.length; i += 3) {
      const bits = ((value[i] ?? 0) << 16) | ((value[i + 1] ?? 0) << 8) | (value[i + 2] ?? 0);
      bytes[end] = alphabet[bits >> 18] ?? 0;
      bytes[end + 1] = alphabet[(bits >> 12) & 63] ?? 0;
      bytes[end + 2] = alphabet[(bits >> 6) & 63] ?? 0;
      bytes[end + 3] = alphabet[bits & 63] ?? 0;
      end += 4;
    }
    if (i < value.length) {
      const bits = ((value[i] ?? 0) << 8) | (value[i + 1] ?? 0);
      bytes[end++] = alphabet[bits >> 10] ?? 0;
      bytes[end++] = alphabet[(bits >> 4) & 63] ?? 0;
      bytes[end++] = i + 1 < value.length ? (alphabet[(bits << 2) & 63] ?? 0) : padding;
      bytes[end++] = padding;
    }
    bytes[end++] = quote;
    this.#length = end;
  }

  int32(value: number): void {
    // Some types that aren't numbers can't even be compared with them.
    if (typeof value !== "number") {
      this.expected("number", value);
    } else if ((value | 0) === value) {
      this.#reserve(11);
      this.#length = printInteger(this.#bytes, this.#length, value);
    } else if (Number.isFinite(value)) {
      this.text(String(value));
    } else {
      this.expected("number", value);
    }
  }

  /**
   * Prints a double. If it has up to 15 digits of which three are decimals, no
   * shorter text stands for it: such texts all stand for different doubles.
   */
  double(value: number): void {
    if (typeof value !== "number" || (value | 0) === value) {
      this.int32(value);
      return;
    }
    const thousandths = Math.round(value * 1000);
    if (thousandths / 1000 === value && Math.abs(thousandths) < maxThousandths) {
      this.#reserve(24);
      this.#length = printThousandths(this.#bytes, this.#length, thousandths);
    } else if (Number.isFinite(value)) {
      this.int32(value);
    } else {
      this.text(`"${value}"`);
    }
  }

  int64(value: bigint | string): void {
    if (typeof value === "bigint") {
      if (BigInt.asIntN(53, value) === value) {
        this.#reserve(24);
        const start = this.#length;
        const { view } = this.#memory;
        // Much faster than Number(value), which leaves compiled code.
        view.setBigInt64(start, value, true);
        const number = view.getInt32(start + 4, true) * 2 ** 32 + view.getUint32(start, true);
        const end = printInteger(this.#bytes, start + 1, number);
        this.#bytes[start] = quote;
        this.#bytes[end] = quote;
        this.#length = end + 1;
      } else {
        this.text(`"${value}"`);
      }
    } else if (typeof value === "string" || Number.isInteger(value)) {
      this.string(String(value));
    } else {
      this.expected("bigint", value);
    }
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed > this.#bytes.length) {
      const larger = Math.max(2 * this.#bytes.length, needed);
      this.#memory = resize(this.#memory, this.#length, larger);
      this.#bytes = this.#memory.bytes;
    }
  }
}
