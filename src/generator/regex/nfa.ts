import type { CodePointSet } from "./code-point-set.ts";
import type { Assertion, RegexNode, RepeatNode } from "./regex-node.ts";

/** One state of a nondeterministic automaton; states are named by their index. */
export type NfaState =
  | { readonly kind: "set"; readonly set: CodePointSet; readonly next: number }
  | { readonly kind: "assertion"; readonly at: Assertion; readonly next: number }
  | { readonly kind: "split"; readonly next: readonly number[] }
  | { readonly kind: "match" };

export interface Nfa {
  readonly states: readonly NfaState[];
  readonly start: number;
}

/**
 * The automaton of a pattern, with repetitions spelled out as copies, as a
 * backtracking matcher would walk through them. Undefined if it has more than
 * `maxStates` states.
 */
export function buildNfa(node: RegexNode, maxStates: number): Nfa | undefined {
  const builder: Builder = { states: [], maxStates, tooLarge: false };
  const match = add(builder, { kind: "match" });
  const start = build(builder, node, match);
  return builder.tooLarge ? undefined : { states: builder.states, start };
}

interface Builder {
  readonly states: NfaState[];
  readonly maxStates: number;
  tooLarge: boolean;
}

function add(builder: Builder, state: NfaState): number {
  if (builder.states.length >= builder.maxStates) {
    builder.tooLarge = true;
    return 0;
  }
  return builder.states.push(state) - 1;
}

/** Adds the states of a node, whose matches go on at `next`; gives the entry. */
function build(builder: Builder, node: RegexNode, next: number): number {
  if (builder.tooLarge) {
    return 0;
  }
  switch (node.kind) {
    case "empty":
      return next;
    case "set":
      return add(builder, { kind: "set", set: node.set, next });
    case "assertion":
      return add(builder, { kind: "assertion", at: node.at, next });
    case "concat":
      return node.items.reduceRight((after, item) => build(builder, item, after), next);
    case "alternate":
      return add(builder, {
        kind: "split",
        next: node.items.map((item) => build(builder, item, next)),
      });
    case "repeat":
      return buildRepeat(builder, node, next);
  }
}

function buildRepeat(builder: Builder, node: RepeatNode, next: number): number {
  let entry = next;
  if (node.max === Infinity) {
    entry = buildLoop(builder, node.item, next);
  } else {
    // x{0,2} is (x(x)?)?
    for (let i = node.min; i < node.max; i++) {
      const body = build(builder, node.item, entry);
      entry = add(builder, { kind: "split", next: [body, next] });
    }
  }
  for (let i = 0; i < node.min; i++) {
    entry = build(builder, node.item, entry);
  }
  return entry;
}

function buildLoop(builder: Builder, item: RegexNode, next: number): number {
  const targets: number[] = [];
  const entry = add(builder, { kind: "split", next: targets });
  targets.push(build(builder, item, entry), next);
  return entry;
}
