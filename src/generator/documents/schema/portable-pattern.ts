import { parsePattern } from "../../regex/parse-pattern.ts";
import { regExpSource } from "../../regex/regexp-source.ts";
import { simplifyPattern } from "../../regex/simplify.ts";

/**
 * A pattern of RE2 in the syntax of ECMA-262 with Unicode, which JSON Schema
 * asks for. What means the same in both stays as it is written.
 */
export function ecmaPattern(pattern: string): string {
  return meansTheSame(pattern)
    ? pattern
    : regExpSource(simplifyPattern(parsePattern(pattern)), "u");
}

/**
 * One thing that both read alike: a character, an escape, a set, a group or an
 * operator. Not among them are `.`, `\s` and flags, which differ.
 */
const token = new RegExp(
  [
    /\\[dDwWbBtnrf.\\^$*+?()[\]{}|/]/,
    /\\[pP]\{[A-Z][a-z]?\}/,
    /\(\?:|[()|*+?^$]|\{\d+(?:,\d*)?\}/,
    /\[\^?(?:\\[dDwWtnrf.\\^$*+?()[\]{}|/-]|[^\\[\]^])(?:\\[dDwWtnrf.\\^$*+?()[\]{}|/-]|[^\\[\]])*\]/,
    /[^\\[\](){}.|*+?^$]/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "uy",
);

function meansTheSame(pattern: string): boolean {
  token.lastIndex = 0;
  while (token.lastIndex < pattern.length) {
    if (!token.test(pattern)) {
      return false;
    }
  }
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

/** A pattern that finds exactly this text, in both syntaxes. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
