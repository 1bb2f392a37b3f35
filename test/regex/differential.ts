import { RE2JS } from "@bufbuild/re2";
import { lowerPattern } from "../../src/generator/regex/lower-pattern.ts";
import { matcherOf } from "./matcher-of.ts";
import { createRandom, type Random, randomPattern, randomText } from "./random-pattern.ts";
import { samplePattern } from "./sample-pattern.ts";

/** A pattern and a text on which botwire and the RE2 library disagree. */
export interface Difference {
  readonly pattern: string;
  readonly text?: string;
  readonly ours: boolean | string;
  readonly theirs: boolean | string;
}

export interface DifferentialResult {
  /** How many patterns were lowered to each kind, `error` for invalid ones. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly texts: number;
  readonly differences: readonly Difference[];
}

/** Compares lowered random patterns with the RE2 library on random texts. */
export function compareWithRe2(
  seed: number,
  patterns: number,
  textsEach: number,
): DifferentialResult {
  const random = createRandom(seed);
  const kinds = new Map<string, number>();
  const differences: Difference[] = [];
  let texts = 0;
  for (let i = 0; i < patterns; i++) {
    const pattern = randomPattern(random);
    const lowered = lowerPattern(pattern);
    kinds.set(lowered.kind, (kinds.get(lowered.kind) ?? 0) + 1);
    const oracle = compile(pattern);
    if (lowered.kind === "error" || typeof oracle === "string") {
      if (lowered.kind !== "error" || typeof oracle !== "string") {
        differences.push({ pattern, ours: lowered.kind, theirs: String(oracle) });
      }
      continue;
    }
    const matcher = matcherOf(lowered);
    for (let j = 0; j < textsEach; j++) {
      const text = nearlyMatching(random, pattern);
      const ours = matcher.test(text);
      const theirs = oracle.test(text);
      texts++;
      if (ours !== theirs) {
        differences.push({ pattern, text, ours, theirs });
      }
    }
  }
  return { kinds, texts, differences };
}

/** A text of the pattern's own making, often with a character changed, or any other. */
function nearlyMatching(random: Random, pattern: string): string {
  if (random.below(2) === 0) {
    return randomText(random);
  }
  const text = samplePattern(random, pattern).slice(0, 200);
  if (random.below(2) === 0) {
    return text;
  }
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(oddCharacters) + text.slice(at + random.below(2));
}

const oddCharacters = [
  "",
  "a",
  "\n",
  "\u0000",
  "\ud83d",
  "\ude00",
  "\u{10ffff}",
  "e\u0301",
  "\u0130",
  "\u212a",
  "\u017f",
] as const;

function compile(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
