import { complement, isSingleUnits } from "./code-point-set.ts";
import type { RegexNode } from "./regex-node.ts";
import { printOthers, printSet, type RegExpParts } from "./regexp-source.ts";

/**
 * A pattern like `^\pL+$` or `^[a-z_]{1,32}$`: a text of so many members of one
 * set. A RegExp with a loop over code points beyond U+FFFF keeps a way back for
 * each round, and one that counts is slow; to look for a code point outside of
 * the set needs no loop at all, and where members are single units the text
 * knows how many they are.
 */
export function singleSetPattern(node: RegexNode): (RegExpParts & UnitBounds) | undefined {
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
    loop.item.kind !== "set"
  ) {
    return undefined;
  }
  const { min, max } = loop;
  const isCounted = min > 1 || max !== Infinity;
  const outside = complement(loop.item.set);
  if (outside.length === 0 || isCounted !== isSingleUnits(loop.item.set)) {
    return undefined;
  }
  if (isCounted) {
    return { source: printOthers(loop.item.set, ""), flags: "", min, max };
  }
  const flags = isSingleUnits(outside) ? "" : "u";
  return { source: printSet(outside, flags), flags, min, max };
}

/** How many UTF-16 units a text must have. */
export interface UnitBounds {
  readonly min: number;
  readonly max: number;
}
