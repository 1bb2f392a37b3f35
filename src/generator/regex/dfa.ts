import { type Alphabet, alphabetOf } from "./alphabet.ts";
import { contains } from "./code-point-set.ts";
import type { Nfa } from "./nfa.ts";
import { after, atTextEnd, type Before, holds, textStart } from "./position.ts";

/**
 * A deterministic automaton that reads a text once. `rows[state][class]` is
 * the next state; the last column is for the end of the text. State 0 can't
 * match any more, state 1 has matched, state 2 is the start.
 */
export interface Dfa {
  readonly alphabet: Alphabet;
  readonly rows: readonly (readonly number[])[];
}

export const failed = 0;
export const matched = 1;
export const start = 2;

/** A set of the nondeterministic automaton's states, and what came before. */
interface Configuration {
  readonly before: Before;
  /** States from which the rest of the text is read, ascending. */
  readonly states: readonly number[];
}

/**
 * The automaton that says whether a pattern matches anywhere in a text, not
 * yet minimal. Undefined if it would have more than `maxStates` states.
 */
export function buildDfa(nfa: Nfa, maxStates: number): Dfa | undefined {
  const alphabet = alphabetOf(nfa);
  const looks = nfa.states.some((state) => state.kind === "assertion");
  const rows: number[][] = [[], []];
  const numbers = new Map<string, number>();
  const open: Configuration[] = [];
  const numberOf = (configuration: Configuration): number => {
    const key = `${configuration.before}:${configuration.states.join()}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = rows.push([]) - 1;
      numbers.set(key, number);
      open.push(configuration);
    }
    return number;
  };
  numberOf({ before: textStart, states: [nfa.start] });
  for (let current = start; current < rows.length; current++) {
    const configuration = open[current - start];
    if (rows.length > maxStates || configuration === undefined) {
      return undefined;
    }
    const row = rows[current] ?? [];
    for (const codePoint of alphabet.representatives) {
      const next = step(nfa, configuration, codePoint, looks);
      row.push(next === "match" ? matched : numberOf(next));
    }
    row.push(endsInMatch(nfa, configuration) ? matched : failed);
  }
  const columns = alphabet.representatives.length + 1;
  rows[failed] = Array<number>(columns).fill(failed);
  rows[matched] = Array<number>(columns).fill(matched);
  return { alphabet, rows };
}

function step(
  nfa: Nfa,
  { before, states }: Configuration,
  codePoint: number,
  looks: boolean,
): Configuration | "match" {
  // A match may also start here.
  const reached = closure(nfa, [...states, nfa.start], before, codePoint);
  if (reached === "match") {
    return reached;
  }
  const next = new Set<number>();
  for (const index of reached) {
    const state = nfa.states[index];
    if (state?.kind === "set" && contains(state.set, codePoint)) {
      next.add(state.next);
    }
  }
  return {
    before: looks ? after(codePoint) : textStart,
    states: [...next].sort((a, b) => a - b),
  };
}

function endsInMatch(nfa: Nfa, { before, states }: Configuration): boolean {
  return closure(nfa, [...states, nfa.start], before, atTextEnd) === "match";
}

/** The consuming states that are reached without consuming, at a position. */
function closure(
  nfa: Nfa,
  from: readonly number[],
  before: Before,
  next: number,
): ReadonlySet<number> | "match" {
  const seen = new Set<number>();
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen.has(index)) {
      continue;
    }
    seen.add(index);
    const state = nfa.states[index];
    switch (state?.kind) {
      case "match":
        return "match";
      case "split":
        open.push(...state.next);
        break;
      case "assertion":
        if (holds(state.at, before, next)) {
          open.push(state.next);
        }
        break;
    }
  }
  return seen;
}
