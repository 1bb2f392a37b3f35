import { lowerPattern } from "../../regex/lower-pattern.ts";
import { quote } from "../diagnostics.ts";
import type { TestCheck } from "./check.ts";
import { below, reportRule } from "./rule-place.ts";
import { type RuleSet, setRule, testCheck } from "./rule-set.ts";

/** The rule `pattern` of strings and bytes. */
export function patternCheck(
  set: RuleSet,
  pattern: string,
  of: "string" | "bytes",
  words: string,
): TestCheck[] {
  const rule = setRule(set, "pattern");
  if (rule === undefined) {
    return [];
  }
  const lowered = lowerPattern(pattern);
  if (lowered.kind === "error") {
    reportRule(
      below(set.place, rule),
      `${quote(pattern)} is no pattern: ${lowered.message} at character ${lowered.position + 1}; the syntax is RE2's, see https://github.com/google/re2/wiki/Syntax`,
    );
    return [];
  }
  if (of === "string" && lowered.kind === "constant" && lowered.matches) {
    // Every text keeps it; of bytes it still asks that they are text.
    return [];
  }
  const test = { kind: "pattern", pattern: lowered, source: pattern, of } as const;
  return [testCheck(set, rule, test, `${words} regex pattern \`${pattern}\``)];
}
