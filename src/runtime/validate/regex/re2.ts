import { RE2JS } from "@bufbuild/re2";
import { fail } from "../cel/cel-error.ts";
import type { Matcher } from "./automaton.ts";

/**
 * A matcher of the RE2 library, for patterns that the generator couldn't lower
 * to something smaller, and for those that are only known at run time. It runs
 * in linear time for every pattern and text. Throws if the pattern is invalid.
 */
export function re2(pattern: string): Matcher {
  return RE2JS.compile(pattern);
}

/** Matchers of patterns that come from data, by the pattern. */
const matchers = new Map<string, Matcher>();

/** How many of them are kept: data may come with any number of patterns. */
const maxMatchers = 100;

/** Whether a pattern that is only known at run time matches anywhere in a text. */
export function matches(text: string, pattern: string): boolean {
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    matcher = compiled(pattern);
    if (matchers.size >= maxMatchers) {
      matchers.clear();
    }
    matchers.set(pattern, matcher);
  }
  return matcher.test(text);
}

function compiled(pattern: string): Matcher {
  try {
    return re2(pattern);
  } catch {
    return fail("the pattern is not valid in RE2");
  }
}
