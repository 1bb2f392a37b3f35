import { type CodePointSet, complement, isSingleUnits, ranges } from "./code-point-set.ts";
import type { Assertion, RegexNode, RepeatNode } from "./regex-node.ts";

/** The source and flags of a JavaScript RegExp. */
export interface RegExpParts {
  readonly source: string;
  /** `u` only where code points beyond U+FFFF matter: without it matching is faster. */
  readonly flags: "" | "u";
}

/** The same pattern in JavaScript's syntax, with every set spelled out. */
export function regExpParts(node: RegexNode): RegExpParts {
  const flags = needsUnicode(node) ? "u" : "";
  return { source: regExpSource(node, flags), flags };
}

/** The source of the pattern for a RegExp with these flags: `u` fits every pattern. */
export function regExpSource(node: RegexNode, flags: "" | "u"): string {
  return print(node, flags);
}

function needsUnicode(node: RegexNode): boolean {
  switch (node.kind) {
    case "set":
      return !isSingleUnits(node.set);
    case "concat":
    case "alternate":
      return node.items.some(needsUnicode);
    case "repeat":
      return needsUnicode(node.item);
    default:
      return false;
  }
}

const assertions: Readonly<Record<Assertion, string>> = {
  textStart: "^",
  textEnd: "$",
  lineStart: "(?<![^\\n])",
  lineEnd: "(?![^\\n])",
  wordBoundary: "\\b",
  noWordBoundary: "\\B",
};

function print(node: RegexNode, flags: "" | "u"): string {
  switch (node.kind) {
    case "empty":
      return "(?:)";
    case "set":
      return printSet(node.set, flags);
    case "assertion":
      return assertions[node.at];
    case "concat":
      return node.items
        .map((item) =>
          item.kind === "alternate" ? `(?:${print(item, flags)})` : print(item, flags),
        )
        .join("");
    case "alternate":
      return node.items.map((item) => print(item, flags)).join("|");
    case "repeat":
      return `${printOperand(node.item, flags)}${printBounds(node)}`;
  }
}

function printOperand(node: RegexNode, flags: "" | "u"): string {
  const text = print(node, flags);
  return node.kind === "set" ? text : `(?:${text})`;
}

function printBounds({ min, max }: RepeatNode): string {
  if (max === Infinity) {
    return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  }
  if (min === 0 && max === 1) {
    return "?";
  }
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/** The set as a RegExp class, or as the character itself. */
export function printSet(set: CodePointSet, flags: "" | "u"): string {
  const [low, high] = set;
  if (set.length === 2 && low !== undefined && low === high) {
    return printCodePoint(low, /[\^$\\.*+?()[\]{}|/]/);
  }
  const others = complement(set);
  return flags === "u" && others.length < set.length
    ? `[^${printRanges(others)}]`
    : `[${printRanges(set)}]`;
}

/** What isn't in a set: of a set of single units, also the halves of pairs. */
export function printOthers(set: CodePointSet, flags: RegExpParts["flags"]): string {
  const text = printSet(set, flags);
  return text.startsWith("[^")
    ? `[${text.slice(2)}`
    : `[^${text.startsWith("[") ? text.slice(1) : `${text}]`}`;
}

function printRanges(set: CodePointSet): string {
  const member = (codePoint: number) => printCodePoint(codePoint, /[\\\]^\-[/]/);
  return [...ranges(set)]
    .map(([low, high]) => {
      const dash = high > low + 1 ? "-" : "";
      return low === high ? member(low) : `${member(low)}${dash}${member(high)}`;
    })
    .join("");
}

const controls: ReadonlyMap<number, string> = new Map([
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0b, "\\v"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
]);

function printCodePoint(codePoint: number, special: RegExp): string {
  if (codePoint > 0x20 && codePoint < 0x7f) {
    const char = String.fromCodePoint(codePoint);
    return special.test(char) ? `\\${char}` : char;
  }
  if (codePoint === 0x20) {
    return " ";
  }
  const hex = codePoint.toString(16);
  if (codePoint > 0xffff) {
    return `\\u{${hex}}`;
  }
  return (
    controls.get(codePoint) ??
    `\\${codePoint < 0x100 ? "x" : "u"}${hex.padStart(codePoint < 0x100 ? 2 : 4, "0")}`
  );
}
