import { RE2JS } from "@bufbuild/re2";
import { type CodePointSet, complement, maxCodePoint, ranges, union } from "./code-point-set.ts";

/**
 * What depends on Unicode's tables comes from the RE2 library, so that botwire
 * agrees with it and carries no tables of its own: the library compiles a
 * small pattern, and its program says which code points that matches.
 */

/** The set of `\p{name}`, undefined if there is no such property. */
export function unicodeSet(name: string, foldCase: boolean): CodePointSet | undefined {
  // A name with a closing brace or a backslash would end the pattern early.
  return /^\w+$/.test(name) ? setOf(`${foldCase ? "(?i)" : ""}\\p{${name}}`) : undefined;
}

/** The set with all code points that differ from a member in case only. */
export function foldCase(set: CodePointSet): CodePointSet {
  const key = set.join();
  let folded = foldedSets.get(key);
  if (folded === undefined) {
    folded = set.length === 0 ? set : foldWithLibrary(set);
    foldedSets.set(key, folded);
  }
  return folded;
}

const foldedSets = new Map<string, CodePointSet>();

function foldWithLibrary(set: CodePointSet): CodePointSet {
  const members = [...ranges(set)].map(([low, high]) => `${escaped(low)}-${escaped(high)}`);
  // The last code point, which has no case, keeps the library from making a
  // folded literal of a class like [Aa], whose program doesn't list its members.
  const folded = setOf(`(?i)[${members.join("")}${escaped(maxCodePoint)}]`) ?? set;
  return (set[set.length - 1] ?? 0) === maxCodePoint
    ? folded
    : complement(union(complement(folded), [maxCodePoint, maxCodePoint]));
}

function escaped(codePoint: number): string {
  return `\\x{${codePoint.toString(16)}}`;
}

function setOf(pattern: string): CodePointSet | undefined {
  let program: { readonly inst: readonly { readonly runes: readonly number[] }[] };
  try {
    program = RE2JS.compile(pattern).re2().prog;
  } catch {
    return undefined;
  }
  const runes = program.inst.find((inst) => inst.runes.length > 0)?.runes ?? [];
  return runes.length === 1 ? union([...runes, ...runes]) : union(runes);
}
