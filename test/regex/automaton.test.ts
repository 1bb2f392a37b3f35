import { expect, it } from "vitest";
import { lowerPattern } from "../../src/generator/regex/lower-pattern.ts";
import { matcherOf } from "./matcher-of.ts";

it("an automaton reads no further than its text, which may be cut out of another", () => {
  const lowered = lowerPattern("^(?:ab😀?){2,}$");
  if (lowered.kind !== "dfa") {
    throw new Error(`the pattern became ${lowered.kind}`);
  }
  const matcher = matcherOf(lowered);
  const found = new Set<boolean>();
  // Compiled code goes other ways than what runs first.
  for (let i = 0; i < 200_000; i++) {
    const text = `${"ab😀".repeat(50)}${"x".repeat(i % 7)}`;
    // It ends within a pair of surrogates.
    found.add(matcher.test(text.slice(0, 199)));
  }
  expect([...found]).toEqual([false]);
  expect(matcher.test("ab😀ab")).toBe(true);
  expect(matcher.test("abab\ud83d")).toBe(false);
});
