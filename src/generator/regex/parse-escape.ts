import { type CodePointSet, complement } from "./code-point-set.ts";
import { perlSets } from "./named-sets.ts";
import { codePointOf, type PatternReader } from "./pattern-reader.ts";
import { foldCase, unicodeSet } from "./unicode-sets.ts";

const controls: ReadonlyMap<string, number> = new Map([
  ["a", 0x07],
  ["f", 0x0c],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
  ["v", 0x0b],
]);

/** Reads an escape that stands for one code point, at its backslash. */
export function parseEscape(reader: PatternReader): number {
  const start = reader.position;
  reader.take("\\");
  if (reader.atEnd()) {
    reader.fail("trailing backslash at end of expression", start);
  }
  const char = reader.next();
  const control = controls.get(char);
  if (control !== undefined) {
    return control;
  }
  if (/^[0-7]$/.test(char)) {
    return parseOctal(reader, char, start);
  }
  if (char === "x") {
    return parseHex(reader, start);
  }
  return /^[\0-\x7f]$/.test(char) && !/^[0-9A-Za-z]$/.test(char)
    ? codePointOf(char)
    : invalidEscape(reader, start);
}

/** One to three digits; one alone is a backreference, unless it is 0. */
function parseOctal(reader: PatternReader, first: string, start: number): number {
  let digits = first;
  while (digits.length < 3 && /^[0-7]$/.test(reader.peek())) {
    digits += reader.next();
  }
  return digits.length === 1 && first !== "0"
    ? invalidEscape(reader, start, " (backreferences are not regular)")
    : Number.parseInt(digits, 8);
}

function parseHex(reader: PatternReader, start: number): number {
  if (!reader.take("{")) {
    const digits = reader.next() + reader.next();
    return /^[0-9A-Fa-f]{2}$/.test(digits)
      ? Number.parseInt(digits, 16)
      : invalidEscape(reader, start);
  }
  const digits = reader.upTo("}") ?? "";
  const value = /^[0-9A-Fa-f]+$/.test(digits) ? Number.parseInt(digits, 16) : Infinity;
  return value <= 0x10ffff ? value : invalidEscape(reader, start);
}

function invalidEscape(reader: PatternReader, start: number, hint = ""): never {
  if (reader.position === start) {
    reader.position = start + 1;
  }
  const text = reader.pattern.slice(start, reader.position);
  return reader.fail(`invalid escape sequence ${JSON.stringify(text)}${hint}`, start);
}

/**
 * Reads `\d`, `\pL` and the like, or returns undefined and stays where it is
 * if the escape is another one.
 */
export function parseSetEscape(
  reader: PatternReader,
  ignoreCase: boolean,
): CodePointSet | undefined {
  const start = reader.position;
  if (!reader.take("\\")) {
    return undefined;
  }
  const letter = reader.next();
  if (letter === "p" || letter === "P") {
    return parseUnicodeSet(reader, start, letter === "P", ignoreCase);
  }
  const set = perlSets.get(letter.toLowerCase());
  if (set === undefined || letter === "") {
    reader.position = start;
    return undefined;
  }
  const folded = ignoreCase ? foldCase(set) : set;
  return letter === letter.toLowerCase() ? folded : complement(folded);
}

function parseUnicodeSet(
  reader: PatternReader,
  start: number,
  inverted: boolean,
  ignoreCase: boolean,
): CodePointSet {
  const braced = reader.take("{");
  const name = braced ? reader.upTo("}") : reader.next();
  if (name === undefined || name === "") {
    return reader.fail("invalid character class range: a name is missing after \\p", start);
  }
  const negated = name.startsWith("^");
  const set = unicodeSet(negated ? name.slice(1) : name, ignoreCase);
  if (set === undefined) {
    return reader.fail(
      `invalid character class range: unknown Unicode property ${JSON.stringify(name)}`,
      start,
    );
  }
  return negated === inverted ? set : complement(set);
}
