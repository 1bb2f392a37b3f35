import { allCodePoints, complement } from "./code-point-set.ts";
import { parseClass } from "./parse-class.ts";
import { parseEscape, parseSetEscape } from "./parse-escape.ts";
import { type Flags, parseGroupStart } from "./parse-group.ts";
import { isRepeatStart, parseRepeat } from "./parse-repeat.ts";
import { codePointOf, createPatternReader, type PatternReader } from "./pattern-reader.ts";
import { type Assertion, empty, type RegexNode } from "./regex-node.ts";
import { foldCase } from "./unicode-sets.ts";

/** How deep groups may be nested, as in RE2. */
const maxDepth = 1000;

/**
 * Parses a pattern of RE2: https://github.com/google/re2/wiki/Syntax, without
 * `\C`, as in Go. Throws a `PatternError` for anything else.
 */
export function parsePattern(pattern: string): RegexNode {
  const parser: Parser = {
    reader: createPatternReader(pattern),
    flags: { ignoreCase: false, multiLine: false, dotAll: false },
    names: new Set(),
    depth: 0,
  };
  const node = parseAlternatives(parser);
  if (!parser.reader.atEnd()) {
    parser.reader.fail("unexpected )", parser.reader.position);
  }
  return node;
}

interface Parser {
  readonly reader: PatternReader;
  flags: Flags;
  readonly names: Set<string>;
  depth: number;
}

/** Parses up to the end or to a closing parenthesis. */
function parseAlternatives(parser: Parser): RegexNode {
  const alternatives = [parseSequence(parser)];
  while (parser.reader.take("|")) {
    alternatives.push(parseSequence(parser));
  }
  const [only] = alternatives;
  return alternatives.length === 1 && only !== undefined
    ? only
    : { kind: "alternate", items: alternatives };
}

function parseSequence(parser: Parser): RegexNode {
  const { reader } = parser;
  const items: RegexNode[] = [];
  let afterRepeat = -1;
  while (!reader.atEnd() && !reader.lookingAt("|") && !reader.lookingAt(")")) {
    const start = reader.position;
    if (isRepeatStart(reader)) {
      parseRepeat(reader, items, start, afterRepeat);
      afterRepeat = start;
    } else {
      items.push(...parseAtom(parser));
      afterRepeat = -1;
    }
  }
  return items.length === 0 ? empty : { kind: "concat", items };
}

/** Parses one thing that a repetition may follow; \Q..\E may hold several or none. */
function parseAtom(parser: Parser): RegexNode[] {
  const { reader, flags } = parser;
  switch (reader.peek()) {
    case "(":
      return parseGroup(parser);
    case "[":
      return [{ kind: "set", set: parseClass(reader, flags.ignoreCase) }];
    case "^":
      reader.next();
      return [assertion(flags.multiLine ? "lineStart" : "textStart")];
    case "$":
      reader.next();
      return [assertion(flags.multiLine ? "lineEnd" : "textEnd")];
    case ".":
      reader.next();
      return [{ kind: "set", set: flags.dotAll ? allCodePoints : complement([0x0a, 0x0a]) }];
    case "\\":
      return parseBackslash(parser);
    default:
      return [literal(codePointOf(reader.next()), flags)];
  }
}

function parseGroup(parser: Parser): RegexNode[] {
  const { reader } = parser;
  const start = reader.position;
  const outer = parser.flags;
  const group = parseGroupStart(reader, outer, parser.names);
  parser.flags = group.flags;
  if (!group.opens) {
    return [];
  }
  parser.depth++;
  if (parser.depth > maxDepth) {
    reader.fail("expression nests too deeply", start);
  }
  const node = parseAlternatives(parser);
  if (!reader.take(")")) {
    reader.fail("missing closing )", start);
  }
  parser.depth--;
  parser.flags = outer;
  return [node];
}

function parseBackslash(parser: Parser): RegexNode[] {
  const { reader, flags } = parser;
  const start = reader.position;
  if (reader.take("\\Q")) {
    const text = reader.upTo("\\E") ?? reader.pattern.slice(reader.position);
    reader.position = Math.max(reader.position, start + 2 + text.length);
    return Array.from(text, (char) => literal(codePointOf(char), flags));
  }
  for (const [text, at] of escapedAssertions) {
    if (reader.take(text)) {
      return [assertion(at)];
    }
  }
  const set = parseSetEscape(reader, flags.ignoreCase);
  return [set === undefined ? literal(parseEscape(reader), flags) : { kind: "set", set }];
}

const escapedAssertions: readonly (readonly [string, Assertion])[] = [
  ["\\A", "textStart"],
  ["\\z", "textEnd"],
  ["\\b", "wordBoundary"],
  ["\\B", "noWordBoundary"],
];

function assertion(at: Assertion): RegexNode {
  return { kind: "assertion", at };
}

function literal(codePoint: number, flags: Flags): RegexNode {
  const set = [codePoint, codePoint];
  return { kind: "set", set: flags.ignoreCase ? foldCase(set) : set };
}
