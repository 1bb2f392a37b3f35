import { fail } from "./cel-error.ts";

/*
 * CEL's strings are sequences of code points. JavaScript's are of UTF-16
 * units, so positions are counted in code points here.
 */

/** Compares strings by code points: negative if the first one comes first. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) {
      // Surrogates stand for code points above all others.
      return rank(unitA) - rank(unitB);
    }
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

export function charAt(text: string, index: number): string {
  const chars = Array.from(text);
  return index === chars.length ? "" : (chars[index] ?? outOfRange(index, chars.length));
}

export function indexOf(text: string, part: string, from = 0): number {
  const chars = Array.from(text);
  checkIndex(from, chars.length);
  const start = chars.slice(0, from).join("").length;
  const found = text.indexOf(part, start);
  return found < 0 ? -1 : Array.from(text.slice(0, found)).length;
}

export function lastIndexOf(text: string, part: string, from?: number): number {
  const chars = Array.from(text);
  if (from !== undefined) {
    checkIndex(from, chars.length);
  }
  const start = from === undefined ? text.length : chars.slice(0, from).join("").length;
  const found = text.lastIndexOf(part, start);
  return found < 0 ? -1 : Array.from(text.slice(0, found)).length;
}

export function substring(text: string, start: number, end?: number): string {
  const chars = Array.from(text);
  const stop = end ?? chars.length;
  checkIndex(start, chars.length);
  checkIndex(stop, chars.length);
  return start > stop
    ? fail(`the start ${start} of a substring is after its end ${stop}`)
    : chars.slice(start, stop).join("");
}

export function replace(text: string, part: string, by: string, limit?: number): string {
  if (limit === undefined || limit < 0) {
    return part === ""
      ? replaceGaps(text, by, Number.POSITIVE_INFINITY)
      : text.replaceAll(part, () => by);
  }
  if (part === "") {
    return replaceGaps(text, by, limit);
  }
  const pieces = text.split(part);
  const count = Math.min(limit, pieces.length - 1);
  return pieces
    .slice(0, count)
    .map((piece) => piece + by)
    .concat(pieces.slice(count).join(part))
    .join("");
}

/** The empty string is before each character and at the end. */
function replaceGaps(text: string, by: string, limit: number): string {
  const chars = Array.from(text);
  const parts = chars.map((char, i) => (i < limit ? by + char : char));
  return parts.join("") + (chars.length < limit ? by : "");
}

/** Splits into at most `limit` parts; the last one takes what is left. */
export function split(text: string, separator: string, limit?: number): string[] {
  if (limit === 0) {
    return [];
  }
  const parts = separator === "" ? Array.from(text) : text.split(separator);
  if (limit === undefined || limit < 0 || parts.length <= limit) {
    return parts;
  }
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

export function reverse(text: string): string {
  return Array.from(text).reverse().join("");
}

export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

const space = "[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const spaceAtStart = new RegExp(`^${space}+`);
const oneSpace = new RegExp(space);

/** Removes Unicode's white space at both ends. */
export function trim(text: string): string {
  const rest = text.replace(spaceAtStart, "");
  let end = rest.length;
  while (end > 0 && oneSpace.test(rest.charAt(end - 1))) {
    end--;
  }
  return rest.slice(0, end);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\\", "\\\\"],
  ['"', '\\"'],
]);

/** The string as a literal of CEL. */
export function quote(text: string): string {
  return `"${Array.from(text.toWellFormed(), (char) => escapes.get(char) ?? char).join("")}"`;
}

function checkIndex(index: number, length: number): void {
  if (index < 0 || index > length) {
    outOfRange(index, length);
  }
}

function outOfRange(index: number, length: number): never {
  return fail(`the index ${index} is out of the range of a string of length ${length}`);
}
