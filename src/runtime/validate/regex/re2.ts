import { RE2JS } from "@bufbuild/re2";
import type { Matcher } from "./automaton.ts";

/**
 * A matcher of the RE2 library, for patterns that the generator couldn't lower
 * to something smaller, and for those that are only known at run time. It runs
 * in linear time for every pattern and text. Throws if the pattern is invalid.
 */
export function re2(pattern: string): Matcher {
  return RE2JS.compile(pattern);
}
