import { utf8Text } from "./byte-text.ts";
import type { PlacedProblem } from "./json-place.ts";
import { hasProblems, parseJson } from "./parse-json.ts";
import { firstByte, unusualBits } from "./text-bits.ts";
import { TextMemory } from "./text-memory.ts";

const quote = 34;
const backslash = 92;

/**
 * Strings that are cut out of a text keep all of it in memory. A short string
 * should not keep megabytes, so that those of longer texts are copied.
 */
const maxCutLength = 1 << 16;

/**
 * Reads strings from JSON text.
 *
 * It looks at the text as UTF-8, because bytes are cheaper to look at than the
 * characters of a string, and cuts strings out of one with a character per byte.
 *
 * A text is read without care first, and if that meets a problem once more
 * with care, to find all of them. The second time it is known to be JSON.
 */
export class TextStrings extends TextMemory {
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
      return this.textBetween(start, end);
    }
    const value = String(parseJson(this.textBetween(start - 1, end + 1)));
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
  protected textBetween(start: number, end: number): string {
    const text = utf8Text(this.utf8, start, end);
    if (text === undefined) {
      throw hasProblems;
    }
    return text;
  }

  /** Goes behind a string. */
  protected skipString(): undefined {
    const start = this.position + 1;
    const end = this.#endOfPlain(start);
    if (this.utf8[end] === quote) {
      this.position = end + 1;
    } else {
      this.unusualString(start);
    }
  }
}

/** A copy of a well-formed string that keeps nothing else in memory. */
function copy(value: string): string {
  // Shorter strings are never cut out.
  return value.length < 13 ? value : parseJson(JSON.stringify(value));
}
