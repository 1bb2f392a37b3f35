import { type CodePointSet, complement, union } from "./code-point-set.ts";
import { posixSets } from "./named-sets.ts";
import { parseEscape, parseSetEscape } from "./parse-escape.ts";
import { codePointOf, type PatternReader } from "./pattern-reader.ts";
import { foldCase } from "./unicode-sets.ts";

/** Reads a class like `[^a-z\d[:space:]]`, at its opening bracket. */
export function parseClass(reader: PatternReader, ignoreCase: boolean): CodePointSet {
  const start = reader.position;
  reader.take("[");
  const negated = reader.take("^");
  const sets: CodePointSet[] = [];
  // A bracket right at the beginning is an ordinary character.
  for (let first = true; first || reader.peek() !== "]"; first = false) {
    sets.push(parseItem(reader, start, ignoreCase));
  }
  reader.take("]");
  const set = union(...sets);
  return negated ? complement(set) : set;
}

function parseItem(reader: PatternReader, start: number, ignoreCase: boolean): CodePointSet {
  const named =
    parsePosixSet(reader, ignoreCase) ?? parseSetEscape(reader, ignoreCase) ?? undefined;
  if (named !== undefined) {
    return named;
  }
  const itemStart = reader.position;
  const low = parseMember(reader, start);
  let high = low;
  // In `[a-]` the dash is a member.
  if (reader.lookingAt("-") && !reader.lookingAt("-]")) {
    reader.take("-");
    high = reader.atEnd() ? missingBracket(reader, start) : parseMember(reader, start);
    if (high < low) {
      const text = reader.pattern.slice(itemStart, reader.position);
      return reader.fail(`invalid character class range ${JSON.stringify(text)}`, itemStart);
    }
  }
  return ignoreCase ? foldCase([low, high]) : [low, high];
}

function parseMember(reader: PatternReader, start: number): number {
  if (reader.atEnd()) {
    return missingBracket(reader, start);
  }
  return reader.lookingAt("\\") ? parseEscape(reader) : codePointOf(reader.next());
}

function missingBracket(reader: PatternReader, start: number): never {
  return reader.fail("missing closing ]", start);
}

function parsePosixSet(reader: PatternReader, ignoreCase: boolean): CodePointSet | undefined {
  const start = reader.position;
  if (!reader.take("[:")) {
    return undefined;
  }
  const name = reader.upTo(":]");
  if (name === undefined) {
    reader.position = start;
    return undefined;
  }
  const negated = name.startsWith("^");
  const set = posixSets.get(negated ? name.slice(1) : name);
  if (set === undefined) {
    const text = JSON.stringify(`[:${name}:]`);
    return reader.fail(`invalid character class range ${text}`, start);
  }
  const folded = ignoreCase ? foldCase(set) : set;
  return negated ? complement(folded) : folded;
}
