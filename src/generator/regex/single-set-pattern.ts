import { complement, isSingleUnits } from "./code-point-set.ts";
import type { RegexNode } from "./regex-node.ts";
import { printSet, type RegExpParts } from "./regexp-source.ts";

/**
 * A pattern like `^\pL+$`, whose set goes beyond U+FFFF. A RegExp with such a
 * loop keeps a way back for each round; to look for a code point outside of
 * the set needs no loop at all.
 */
export function singleSetPattern(
  node: RegexNode,
): (RegExpParts & { readonly mayBeEmpty: boolean }) | undefined {
  if (node.kind !== "concat" || node.items.length !== 3) {
    return undefined;
  }
  const [first, loop, last] = node.items;
  if (
    first?.kind !== "assertion" ||
    first.at !== "textStart" ||
    last?.kind !== "assertion" ||
    last.at !== "textEnd" ||
    loop?.kind !== "repeat" ||
    loop.min > 1 ||
    loop.max !== Infinity ||
    loop.item.kind !== "set" ||
    isSingleUnits(loop.item.set)
  ) {
    return undefined;
  }
  const outside = complement(loop.item.set);
  if (outside.length === 0) {
    return undefined;
  }
  const flags = isSingleUnits(outside) ? "" : "u";
  return { source: printSet(outside, flags), flags, mayBeEmpty: loop.min === 0 };
}
