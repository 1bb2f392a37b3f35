import { contains, maxCodePoint, ranges } from "./code-point-set.ts";
import type { Nfa } from "./nfa.ts";

/**
 * Code points that an automaton never tells apart make up one class. Each
 * class has a representative, so that whatever holds for that code point holds
 * for the whole class.
 */
export interface Alphabet {
  /** A code point of each class. */
  readonly representatives: readonly number[];
  /** Where a new class begins: code points and classes, both from 0 up. */
  readonly boundaries: readonly { readonly from: number; readonly class: number }[];
}

/** The code points of a line's end and of words, for the automaton's assertions. */
const lineEnd = [0x0a, 0x0a];
const word = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];

export function alphabetOf(nfa: Nfa): Alphabet {
  const sets = new Map<string, readonly number[]>();
  for (const state of nfa.states) {
    if (state.kind === "set") {
      sets.set(state.set.join(), state.set);
    } else if (state.kind === "assertion") {
      const set = state.at === "lineStart" || state.at === "lineEnd" ? lineEnd : word;
      sets.set(set.join(), set);
    }
  }
  return partition([...sets.values()]);
}

function partition(sets: readonly (readonly number[])[]): Alphabet {
  const starts = new Set([0]);
  for (const set of sets) {
    for (const [low, high] of ranges(set)) {
      starts.add(low).add(high + 1);
    }
  }
  starts.delete(maxCodePoint + 1);
  const classes = new Map<string, number>();
  const representatives: number[] = [];
  const boundaries: { from: number; class: number }[] = [];
  for (const from of [...starts].sort((a, b) => a - b)) {
    const signature = sets.map((set) => (contains(set, from) ? "1" : "0")).join("");
    let index = classes.get(signature);
    if (index === undefined) {
      index = representatives.push(from) - 1;
      classes.set(signature, index);
    }
    if (boundaries.at(-1)?.class !== index) {
      boundaries.push({ from, class: index });
    }
  }
  return { representatives, boundaries };
}
