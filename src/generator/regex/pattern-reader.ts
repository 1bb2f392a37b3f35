import { PatternError } from "./pattern-error.ts";

/** A cursor over a pattern, in code points. */
export interface PatternReader {
  /** Where the next code point is, in UTF-16 units; may be set to go back. */
  position: number;
  readonly pattern: string;
  atEnd(): boolean;
  /** Whether the rest begins with this text. */
  lookingAt(text: string): boolean;
  /** Skips the text if the rest begins with it. */
  take(text: string): boolean;
  /** The next code point as text, or the empty string at the end. */
  peek(): string;
  /** Reads the next code point; the empty string at the end. */
  next(): string;
  /** Reads up to the text and skips that, or reads nothing if it never comes. */
  upTo(text: string): string | undefined;
  fail(message: string, position: number): never;
}

export function createPatternReader(pattern: string): PatternReader {
  return {
    position: 0,
    pattern,
    atEnd() {
      return this.position >= pattern.length;
    },
    lookingAt(text) {
      return pattern.startsWith(text, this.position);
    },
    take(text) {
      const found = this.lookingAt(text);
      this.position += found ? text.length : 0;
      return found;
    },
    peek() {
      const codePoint = pattern.codePointAt(this.position);
      return codePoint === undefined ? "" : String.fromCodePoint(codePoint);
    },
    next() {
      const char = this.peek();
      this.position += char.length;
      return char;
    },
    upTo(text) {
      const end = pattern.indexOf(text, this.position);
      if (end < 0) {
        return undefined;
      }
      const found = pattern.slice(this.position, end);
      this.position = end + text.length;
      return found;
    },
    fail(message, position) {
      throw new PatternError(message, position);
    },
  };
}

/** The code point of one that was read as text. */
export function codePointOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}
