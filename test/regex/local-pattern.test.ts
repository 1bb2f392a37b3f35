import { expect, it } from "vitest";
import { lowerPattern } from "../../src/generator/regex/lower-pattern.ts";
import { re2 } from "../../src/runtime/validate/regex/re2.ts";
import { matcherOf } from "./matcher-of.ts";
import { createRandom } from "./random-pattern.ts";

const letters = ["a", "a", "b", "9", "-", "-", ".", "_", " ", "é", "😀", "\n", "A"] as const;

// Patterns of names and labels, of which only what is wrong is looked for.
it.each([
  "^[a-z0-9]+(-[a-z0-9]+)*$",
  "^([a-z]+(-[a-z]+)*)?$",
  "^[a-z]([-a-z0-9]*[a-z0-9])?(\\.[a-z]([-a-z0-9]*[a-z0-9])?)*$",
  "^(?:a-)*$",
  "^(?:[a-b]+-)*[a-b]*$",
  "^-?(?:[^-]+-)*$",
  "^\\pL+(?: \\pL+)*$",
  "^(?i)[a-z]+(?:[._-][a-z]+)*$",
  "^[ab]{2,5}$",
  "^[^-]{0,4}$",
  "^é{3}$",
])("%s has RE2's answers", (pattern) => {
  const lowered = lowerPattern(pattern);
  if (lowered.kind === "error") {
    throw new Error(lowered.message);
  }
  const matcher = matcherOf(lowered);
  const oracle = re2(pattern);
  const random = createRandom(pattern.length);
  const found = new Set<boolean>();
  for (let i = 0; i < 4000; i++) {
    const text = Array.from({ length: random.below(7) }, () => random.pick(letters)).join("");
    found.add(oracle.test(text));
    expect([text, matcher.test(text)]).toEqual([text, oracle.test(text)]);
  }
  expect(found.size).toBe(2);
});
