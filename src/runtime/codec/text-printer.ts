/** Thrown where the fast path ends. Nobody sees it, so that it needs no stack. */
export const leaveFastPath: unknown = new Error("this message needs the careful writer");

const quote = 34;
const minus = 45;
const backslash = 92;

const alphabet = new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
);
const padding = 61;

/** Memory that the next printer takes, so that not every message needs its own. */
let spare: Uint8Array<ArrayBuffer> | undefined;

/** No more memory than this is kept for later. */
const maxSpare = 1 << 18;

/**
 * Prints scalars as JSON text: the lower half of {@link JsonTextWriter}. The
 * text is built as UTF-8, because bytes are cheaper to append than strings.
 */
export class JsonTextPrinter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #isAscii = true;

  constructor() {
    this.#bytes = spare ?? new Uint8Array(1 << 12);
    spare = undefined;
  }

  /** The printed text. The printer ends with it. */
  finish(): string {
    const text = this.#decode();
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
      spare = this.#bytes;
    }
  }

  #decode(): string {
    const bytes = this.#bytes.subarray(0, this.#length);
    // Node's own decoder knows the shorter way for ASCII.
    return typeof Buffer === "function" && this.#isAscii
      ? Buffer.from(bytes.buffer, 0, this.#length).toString("latin1")
      : new TextDecoder().decode(bytes);
  }

  /** The byte that was printed last; 0 before the first. */
  protected get last(): number {
    return this.#bytes[this.#length - 1] ?? 0;
  }

  protected byte(code: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
  }

  /** Prints ASCII characters from an index on. */
  protected ascii(codes: Uint8Array, from: number): void {
    this.#reserve(codes.length);
    const bytes = this.#bytes;
    let end = this.#length;
    for (let i = from; i < codes.length; i++) {
      bytes[end++] = codes[i] ?? 0;
    }
    this.#length = end;
  }

  string(value: string): void {
    if (typeof value !== "string") {
      throw leaveFastPath;
    }
    // At most three bytes for every UTF-16 code unit.
    this.#reserve(3 * value.length + 2);
    const bytes = this.#bytes;
    let end = this.#length;
    bytes[end++] = quote;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code < 32 || code === quote || code === backslash || code > 126) {
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
        this.#isAscii = false;
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
    if (typeof value !== "boolean") {
      throw leaveFastPath;
    }
    this.text(value ? "true" : "false");
  }

  bytes(value: Uint8Array): void {
    if (!(value instanceof Uint8Array)) {
      throw leaveFastPath;
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
      throw leaveFastPath;
    }
  }

  double(value: number): void {
    if (Number.isFinite(value)) {
      this.int32(value);
    } else if (typeof value === "number") {
      this.text(`"${value}"`);
    } else {
      throw leaveFastPath;
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
    } else {
      this.string(value);
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
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, needed));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
  }
}
