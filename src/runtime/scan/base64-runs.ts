import { decodeBase64, isBase64 } from "./base64.ts";

/**
 * How many characters of base64 have to follow each other to be taken for
 * base64: longer than words, and 24 bytes decoded.
 */
const shortest = 32;

/** In how many characters at the start of a run words are looked for that stand before the base64. */
const headLength = 128;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;

/**
 * Decodes what looks like base64: characters of either alphabet, with line breaks
 * (and indentation) in between. Where words may stand directly before it, as in
 * `files/SGVs...` or in the line above, it is decoded in each way in which the groups
 * of four may lie.
 *
 * Words that are joined, as in paths, are left out, and with them hexadecimal
 * numbers, UUIDs and rulers: nothing that means something in base64 keeps to one
 * case.
 */
export function findBase64(text: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  while (at < text.length) {
    if (!isBase64(text[at])) {
      at += 1;
      continue;
    }
    const { end, count, mixed } = measure(text, at);
    if (count >= shortest && mixed) {
      for (const start of starts(text, at, end)) {
        found.push(decodeBase64(text.subarray(start, end)));
      }
    }
    at = end;
  }
  return found;
}

interface Run {
  readonly end: number;
  /** How many characters of base64 there are. */
  readonly count: number;
  /** Whether there is anything in it but words. */
  readonly mixed: boolean;
}

function measure(text: Uint8Array, start: number): Run {
  let end = start;
  let count = 0;
  const words = new WordWatch();
  for (let at = start; at < text.length; ) {
    if (isBase64(text[at])) {
      words.see(text[at] ?? 0);
      count += 1;
      at += 1;
      end = at;
      continue;
    }
    const next = skipLineBreak(text, at);
    if (next === at || !isBase64(text[next])) {
      break;
    }
    at = next;
  }
  return { end, count, mixed: words.mixed };
}

/** Where it goes on after a line break and the blanks around it; where it is if there is none. */
function skipLineBreak(text: Uint8Array, start: number): number {
  let at = start;
  let broken = false;
  for (; at < text.length; at++) {
    const byte = text[at];
    if (byte === lineFeed || byte === carriageReturn) {
      broken = true;
    } else if (byte !== space && byte !== tab) {
      break;
    }
  }
  return broken ? at : start;
}

/** Where base64 may begin in a run: once for each way in which the groups of four may lie. */
function starts(text: Uint8Array, start: number, end: number): Iterable<number> {
  const byPhase = new Map([[0, start]]);
  let count = 0;
  // Only words go before it: base64 itself would soon have letters in another order.
  const words = new WordWatch();
  for (let at = start; at < Math.min(end, start + headLength); at++) {
    const byte = text[at] ?? 0;
    const isBreak = !isBase64(byte);
    const isJoint = !isBreak && !isLetterOrDigit(byte);
    if (!isBreak) {
      count += 1;
      words.see(byte);
    }
    const next = at + 1;
    if ((isJoint && !words.mixed) || (isBreak && isBase64(text[next]))) {
      const phase = count % 4;
      if (!byPhase.has(phase)) {
        byPhase.set(phase, next);
      }
    }
  }
  return byPhase.values();
}

function isLetterOrDigit(byte: number): boolean {
  return isUpper(byte) || isLower(byte) || (byte >= 0x30 && byte <= 0x39);
}

function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isLower(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/** Watches whether letters and digits have the case of words: `word`, `Word` or `WORD`. */
class WordWatch {
  /** True as soon as something was no word. */
  mixed = false;
  #begun = false;
  #lower = false;
  #upperInside = false;

  /** Takes the next character of base64. Those that are no letters and digits end a word. */
  see(byte: number): void {
    if (!isLetterOrDigit(byte)) {
      this.#begun = false;
      this.#lower = false;
      this.#upperInside = false;
      return;
    }
    this.#lower ||= isLower(byte);
    this.#upperInside ||= this.#begun && isUpper(byte);
    this.#begun = true;
    this.mixed ||= this.#lower && this.#upperInside;
  }
}
