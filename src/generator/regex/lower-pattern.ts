import { isBacktrackingLinear } from "./backtracking.ts";
import { isSingleUnits } from "./code-point-set.ts";
import { buildDfa, type Dfa, matched, start } from "./dfa.ts";
import { dfaTables } from "./dfa-tables.ts";
import { type LiteralPattern, literalPattern } from "./literal-pattern.ts";
import { localPattern } from "./local-pattern.ts";
import { minimizeDfa } from "./minimize.ts";
import { buildNfa, type Nfa } from "./nfa.ts";
import { parsePattern } from "./parse-pattern.ts";
import { PatternError } from "./pattern-error.ts";
import { isNever, type RegexNode } from "./regex-node.ts";
import { type RegExpParts, regExpParts } from "./regexp-source.ts";
import { simplifyPattern } from "./simplify.ts";
import { singleSetPattern, type UnitBounds } from "./single-set-pattern.ts";

/** How a pattern is matched at run time, from the cheapest to the most general. */
export type LoweredPattern =
  | { readonly kind: "constant"; readonly matches: boolean }
  | ({ readonly kind: "literal" } & LiteralPattern)
  /** A RegExp that is proven to run in linear time and in bounded space. */
  | ({ readonly kind: "regExp" } & RegExpParts)
  /** A RegExp looks for what a text of so many units must not have. */
  | ({ readonly kind: "absence" } & RegExpParts & UnitBounds)
  | { readonly kind: "dfa"; readonly alphabet: string; readonly transitions: string }
  /** The RE2 library, which the module then imports. */
  | { readonly kind: "re2"; readonly pattern: string };

/** Why a text is no pattern: a message, and where, in UTF-16 units. */
export interface PatternProblem {
  readonly kind: "error";
  readonly message: string;
  readonly position: number;
}

/** Bounds on what is tried at generate time, so that no pattern takes long. */
const maxNfaStates = 5000;
const maxDfaStates = 1000;
/** How long the tables of an automaton may be before the library is smaller. */
const maxTableLength = 12_000;

/**
 * Lowers a pattern of RE2's syntax to something that answers whether it
 * matches anywhere in a text, in time linear in the text, whatever the text.
 */
export function lowerPattern(pattern: string): LoweredPattern | PatternProblem {
  try {
    return lowerNode(simplifyPattern(parsePattern(pattern)), pattern);
  } catch (error) {
    if (error instanceof PatternError) {
      return { kind: "error", message: error.message, position: error.position };
    }
    throw error;
  }
}

function lowerNode(node: RegexNode, pattern: string): LoweredPattern {
  if (isNever(node)) {
    return { kind: "constant", matches: false };
  }
  if (node.kind === "empty") {
    return { kind: "constant", matches: true };
  }
  const literal = literalPattern(node);
  if (literal !== undefined) {
    return literal.text === "" && literal.place !== "whole"
      ? { kind: "constant", matches: true }
      : { kind: "literal", ...literal };
  }
  const single = singleSetPattern(node);
  if (single !== undefined) {
    return { kind: "absence", ...single };
  }
  const nfa = buildNfa(node, maxNfaStates);
  if (nfa === undefined) {
    return { kind: "re2", pattern };
  }
  return isSafeRegExp(node, nfa)
    ? { kind: "regExp", ...regExpParts(node) }
    : lowerToDfa(nfa, pattern);
}

function isSafeRegExp(node: RegexNode, nfa: Nfa): boolean {
  const { flags } = regExpParts(node);
  // V8 finds a \B between the two halves of a surrogate pair, with and without `u`.
  const exact = !nfa.states.some(
    (state) => state.kind === "assertion" && state.at === "noWordBoundary",
  );
  return exact && hasBoundedStack(node, flags) && isBacktrackingLinear(node, nfa);
}

/**
 * Whether V8 matches without keeping a way back for each round of a loop: on
 * some ten million characters those overflow its stack. It needs none for
 * loops over sets of single UTF-16 units.
 */
function hasBoundedStack(node: RegexNode, flags: RegExpParts["flags"]): boolean {
  switch (node.kind) {
    case "concat":
    case "alternate":
      return node.items.every((item) => hasBoundedStack(item, flags));
    case "repeat":
      return node.max === Infinity
        ? flags === "" && isRunOfSets(node.item)
        : hasBoundedStack(node.item, flags);
    default:
      return true;
  }
}

function isRunOfSets(node: RegexNode): boolean {
  return (node.kind === "concat" ? node.items : [node]).every(
    (item) => item.kind === "set" && isSingleUnits(item.set),
  );
}

function lowerToDfa(nfa: Nfa, pattern: string): LoweredPattern {
  const full = buildDfa(nfa, maxDfaStates);
  const dfa = full === undefined ? undefined : minimizeDfa(full);
  if (dfa === undefined) {
    return { kind: "re2", pattern };
  }
  const matches = constantAnswer(dfa);
  if (matches !== undefined) {
    return { kind: "constant", matches };
  }
  const local = localPattern(dfa);
  if (local !== undefined) {
    return { kind: "absence", ...local };
  }
  const { alphabet, transitions } = dfaTables(dfa);
  return alphabet.length + transitions.length > maxTableLength
    ? { kind: "re2", pattern }
    : { kind: "dfa", alphabet, transitions };
}

/** The answer, if it is the same for every text. */
function constantAnswer({ rows }: Dfa): boolean | undefined {
  const answers = new Set(rows[start]);
  const [answer] = answers;
  return answers.size === 1 && answer !== undefined && answer < start
    ? answer === matched
    : undefined;
}
