import { alphabetOf } from "./alphabet.ts";
import { contains } from "./code-point-set.ts";
import type { Nfa } from "./nfa.ts";
import { isNullable, isZeroWidth, type RegexNode } from "./regex-node.ts";

/** The most ways through a pattern that may be open at one position of a text. */
const maxPaths = 64;

/** The most steps for each position at which a match may start. */
const maxSteps = 256;

/** The most distinct sets of open ways that are looked at. */
const maxConfigurations = 2000;

/** The most ways between two consumed code points, for one way before them. */
const maxBranches = 256;

/**
 * Whether a backtracking matcher needs only linear time for any text, proven.
 *
 * Such a matcher tries, one after the other, the ways to walk through the
 * automaton along the text. Those that are still open at some position are
 * counted here for all texts at once: a configuration says how many ways lead
 * to each state, and the configurations reachable from the start are explored.
 * If they are finitely many and none holds more than `maxPaths` ways, then the
 * matcher does at most that many steps at each position, over all positions at
 * which the match may start. Exponential and polynomial backtracking show as
 * configurations without an end.
 */
export function isBacktrackingLinear(node: RegexNode, nfa: Nfa): boolean {
  if (hasNullableLoop(node)) {
    return false;
  }
  const length = maxLength(node);
  if (length <= maxSteps) {
    const paths = mostPaths(nfa, true);
    return paths !== undefined && paths * length <= maxSteps;
  }
  return mostPaths(nfa, isAnchored(node)) !== undefined;
}

/** How many code points a match may be long. */
function maxLength(node: RegexNode): number {
  switch (node.kind) {
    case "set":
      return 1;
    case "concat":
      return node.items.reduce((sum, item) => sum + maxLength(item), 0);
    case "alternate":
      return Math.max(...node.items.map(maxLength));
    case "repeat":
      return isZeroWidth(node.item) ? 0 : node.max * maxLength(node.item);
    default:
      return 0;
  }
}

/** Matchers break off empty rounds of a loop, which the automaton doesn't show. */
function hasNullableLoop(node: RegexNode): boolean {
  switch (node.kind) {
    case "concat":
    case "alternate":
      return node.items.some(hasNullableLoop);
    case "repeat":
      return (node.max > 1 && isNullable(node.item)) || hasNullableLoop(node.item);
    default:
      return false;
  }
}

/** Whether a match can only begin at the start of the text. */
function isAnchored(node: RegexNode): boolean {
  switch (node.kind) {
    case "assertion":
      return node.at === "textStart";
    case "concat": {
      const [first] = node.items;
      return first !== undefined && isAnchored(first);
    }
    case "alternate":
      return node.items.every(isAnchored);
    case "repeat":
      return node.min > 0 && isAnchored(node.item);
    default:
      return false;
  }
}

/** How many ways lead to each consuming state. */
type Configuration = ReadonlyMap<number, number>;

/** The most ways that are open at any position; undefined if there is no small bound. */
function mostPaths(nfa: Nfa, anchored: boolean): number | undefined {
  const entries = entryStates(nfa);
  const begin = entries(nfa.start);
  if (begin === undefined) {
    return undefined;
  }
  const { representatives } = alphabetOf(nfa);
  const first: Configuration = count(begin);
  const seen = new Set([keyOf(first)]);
  const open = [first];
  let most = 1;
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    most = Math.max(most, sum(current.values()));
    for (const codePoint of representatives) {
      const after = step(nfa, entries, current, codePoint);
      const next = after === undefined ? undefined : add(after, anchored ? [] : begin);
      if (next === undefined || seen.size > maxConfigurations) {
        return undefined;
      }
      const key = keyOf(next);
      if (!seen.has(key)) {
        seen.add(key);
        open.push(next);
      }
    }
  }
  return most;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) {
    total += number;
  }
  return total;
}

/** Consumes one code point; undefined if too many ways are open then. */
function step(
  nfa: Nfa,
  entries: (state: number) => readonly number[] | undefined,
  configuration: Configuration,
  codePoint: number,
): Map<number, number> | undefined {
  const next = new Map<number, number>();
  let total = 0;
  for (const [index, ways] of configuration) {
    const state = nfa.states[index];
    if (state?.kind === "set" && contains(state.set, codePoint)) {
      const targets = entries(state.next);
      if (targets === undefined) {
        return undefined;
      }
      total += ways * targets.length;
      if (total > maxPaths) {
        return undefined;
      }
      add(next, targets, ways);
    }
  }
  return next;
}

function count(states: readonly number[]): Map<number, number> {
  return add(new Map(), states);
}

function add(into: Map<number, number>, states: readonly number[], ways = 1): Map<number, number> {
  for (const state of states) {
    into.set(state, (into.get(state) ?? 0) + ways);
  }
  return into;
}

function keyOf(configuration: Configuration): string {
  return [...configuration]
    .map(([state, ways]) => `${state}*${ways}`)
    .sort()
    .join();
}

/**
 * The consuming states that are reached without consuming, one entry for each
 * way to get there. Undefined for too many ways.
 */
function entryStates(nfa: Nfa): (state: number) => readonly number[] | undefined {
  const known = new Map<number, readonly number[] | undefined>();
  return (start) => {
    if (!known.has(start)) {
      known.set(start, collect(nfa, start));
    }
    return known.get(start);
  };
}

function collect(nfa: Nfa, start: number): readonly number[] | undefined {
  const found: number[] = [];
  const open = [start];
  let branches = 0;
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const state = nfa.states[index];
    branches++;
    if (branches > maxBranches) {
      return undefined;
    }
    switch (state?.kind) {
      case "set":
        found.push(index);
        break;
      case "assertion":
        open.push(state.next);
        break;
      case "split":
        open.push(...state.next);
        break;
    }
  }
  return found;
}
