import { alphabet } from "./base64.ts";
import type { FieldName } from "./field-name.ts";
import { type PlacedProblem, withPaths } from "./json-place.ts";
import { printInteger, printLong, printThousandths } from "./print-digits.ts";
import { printPlain } from "./print-text.ts";
import { printTime } from "./print-time.ts";
import { describe, type Problem } from "./problem.ts";
import { giveBack, putText, resize, takeMemory, type Utf8Memory } from "./utf8-memory.ts";

/** Thrown at the first problem. Nobody sees it, so that it needs no stack. */
export const hasProblems: unknown = new Error("this message has to be written with care");

const quote = 34;
const comma = 44;
const openBrace = 123;

// Four characters as one integer.
const trueText = 0x65757274;
const falsText = 0x736c6166;

const padding = 61;

/** Fifteen digits. */
const maxThousandths = 1e15;

/**
 * Prints scalars as JSON text: the lower half of {@link JsonTextWriter}. The
 * text is built as UTF-8, because bytes are cheaper to append than strings.
 *
 * Its fields have no `#`, as code without them is shorter: more of it fits into
 * what compilers inline.
 */
export class JsonTextPrinter {
  private memory: Utf8Memory;
  private utf8: Uint8Array<ArrayBuffer>;
  private end = 0;
  private readonly maxProblems: number;
  /** What can't be written; undefined when writing without care. */
  private readonly found: PlacedProblem[] | undefined;
  /** Where the keys of maps are; undefined when writing without care. */
  protected readonly entries: Set<number> | undefined;

  /** Without a limit of problems, the first one ends writing. */
  constructor(maxProblems: number) {
    this.maxProblems = maxProblems;
    this.found = maxProblems > 0 ? [] : undefined;
    this.entries = maxProblems > 0 ? new Set() : undefined;
    this.memory = takeMemory(0);
    this.utf8 = this.memory.bytes;
  }

  /** Ends printing, and returns what is made of the printed text. */
  finish<T>(make: (memory: Utf8Memory, length: number) => T): T {
    const made = make(this.memory, this.end);
    this.release();
    return made;
  }

  /** Ends printing, and gives the memory away together with the printed text. */
  giveAway<T>(make: (memory: Utf8Memory, end: number) => T): T {
    return make(this.memory, this.end);
  }

  /** Leaves room before what is printed. */
  leaveRoom(size: number): void {
    this.reserve(size);
    this.end += size;
  }

  /** Gives the memory back. */
  release(): void {
    giveBack(this.memory);
  }

  /** Everything that can't be written. */
  get problems(): readonly Problem[] {
    return withPaths(this.utf8, this.found ?? [], this.entries ?? new Set());
  }

  expected(type: string, value: unknown): void {
    this.refuse(`expected ${type}, got ${describe(value)}`);
  }

  refuse(message: string, steps = ""): void {
    this.found?.push({ at: this.end, steps, message });
    if (this.found === undefined || this.found.length >= this.maxProblems) {
      throw hasProblems;
    }
    this.text("null");
  }

  /** How many bytes have been printed. */
  protected get length(): number {
    return this.end;
  }

  /** The byte that was printed last; 0 before the first. */
  protected get last(): number {
    return this.utf8[this.end - 1] ?? 0;
  }

  protected byte(code: number): void {
    this.reserve(1);
    this.utf8[this.end++] = code;
  }

  /** Prints a comma, unless an object has just been opened, and the name of a member. */
  protected member(name: FieldName): void {
    const { length } = name;
    this.reserve(length + 1);
    let at = this.end;
    if (this.utf8[at - 1] !== openBrace) {
      this.utf8[at++] = comma;
    }
    this.end = at + length;
    const { view } = this.memory;
    const end = at + length;
    view.setInt32(at, name.first, true);
    if (length > 8) {
      view.setInt32(at + 4, name.second, true);
      const { between } = name;
      for (let i = 0; i < between.length; i++) {
        view.setInt32(at + 8 + 4 * i, between[i] ?? 0, true);
      }
    }
    view.setInt32(end - 4, name.last, true);
  }

  string(value: string): void {
    if (typeof value !== "string") {
      this.expected("string", value);
      return;
    }
    // At most three bytes for every UTF-16 code unit.
    this.reserve(3 * value.length + 2);
    const end = printPlain(this.memory, this.end + 1, value);
    if (end < 0) {
      this.text(JSON.stringify(value));
      return;
    }
    this.quoted(end);
  }

  /** Prints text as it is. */
  text(text: string): void {
    this.reserve(3 * text.length);
    this.end += putText(this.memory, this.end, text);
  }

  bool(value: boolean): void {
    if (typeof value !== "boolean") {
      this.expected("boolean", value);
      return;
    }
    this.reserve(8);
    this.memory.view.setInt32(this.end, value ? trueText : falsText, true);
    this.end += 4;
    if (!value) {
      this.byte(101);
    }
  }

  bytes(value: Uint8Array): void {
    if (!(value instanceof Uint8Array)) {
      this.expected("Uint8Array", value);
      return;
    }
    this.reserve(((value.length + 2) / 3) * 4 + 6);
    const bytes = this.utf8;
    const { length } = value;
    let end = this.end + 1;
    for (let i = 0; i < length; i += 3) {
      const bits = ((value[i] ?? 0) << 16) | ((value[i + 1] ?? 0) << 8) | (value[i + 2] ?? 0);
      bytes[end] = alphabet[bits >> 18] ?? 0;
      bytes[end + 1] = alphabet[(bits >> 12) & 63] ?? 0;
      bytes[end + 2] = alphabet[(bits >> 6) & 63] ?? 0;
      bytes[end + 3] = alphabet[bits & 63] ?? 0;
      end += 4;
    }
    for (let rest = length; rest % 3 !== 0; rest++) {
      bytes[end - 3 + (rest % 3)] = padding;
    }
    this.quoted(end);
  }

  int32(value: number): void {
    // Some types that aren't numbers can't even be compared with them.
    if (typeof value !== "number") {
      this.expected("number", value);
    } else if ((value | 0) === value) {
      this.reserve(11);
      this.end = printInteger(this.utf8, this.end, value);
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
      this.reserve(24);
      this.end = printThousandths(this.utf8, this.end, thousandths);
    } else if (Number.isFinite(value)) {
      this.int32(value);
    } else {
      this.text(`"${value}"`);
    }
  }

  int64(value: bigint | string): void {
    if (typeof value === "bigint") {
      if (BigInt.asIntN(64, value) === value) {
        this.reserve(30);
        const start = this.end;
        const { view } = this.memory;
        // Much faster than Number(value), which leaves compiled code.
        view.setBigInt64(start, value, true);
        const low = view.getUint32(start, true);
        this.quoted(printLong(this.utf8, start + 1, view.getInt32(start + 4, true), low));
      } else {
        this.text(`"${value}"`);
      }
    } else if (typeof value === "string" || Number.isInteger(value)) {
      this.string(String(value));
    } else {
      this.expected("bigint", value);
    }
  }

  time(seconds: number, nanos: number): void {
    this.reserve(34);
    this.quoted(printTime(this.utf8, this.end + 1, seconds, nanos));
  }

  /** Ends a string of which all but the quotes is there, up to the given index. */
  private quoted(end: number): void {
    const bytes = this.utf8;
    bytes[this.end] = quote;
    bytes[end] = quote;
    this.end = end + 1;
  }

  private reserve(size: number): void {
    const needed = this.end + size;
    if (needed > this.utf8.length) {
      const larger = Math.max(2 * this.utf8.length, needed);
      this.memory = resize(this.memory, this.end, larger);
      this.utf8 = this.memory.bytes;
    }
  }
}
