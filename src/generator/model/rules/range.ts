import type { DescField } from "@bufbuild/protobuf";
import { type RuleSet, setRule } from "./rule-set.ts";
import type { Bound, Range } from "./test.ts";

/** A range with what a violation says about it. */
export interface RangeRule<T> {
  readonly range: Range<T>;
  /** The rule that a violation points to. */
  readonly rule: DescField;
  /** The part of the rule's id after the family, for example `gte_lt`. */
  readonly id: string;
  readonly message: string;
}

/** One end of a range, as the rules have it. */
interface End<T> {
  readonly bound: Bound<T>;
  readonly rule: DescField;
  readonly text: string;
}

/**
 * Reads the rules `lt`, `lte`, `gt` and `gte`, of which a value must keep both
 * ends at once: a pair is one rule with an id of its own.
 */
export function readRange<T>(
  set: RuleSet,
  ends: { readonly lower: T | undefined; readonly upper: T | undefined },
  compare: (a: T, b: T) => number,
  format: (value: T) => string,
): RangeRule<T> | undefined {
  const lower =
    endOf(set, "gt", false, "greater than", ends.lower, format) ??
    endOf(set, "gte", true, "greater than or equal to", ends.lower, format);
  const upper =
    endOf(set, "lt", false, "less than", ends.upper, format) ??
    endOf(set, "lte", true, "less than or equal to", ends.upper, format);
  if (lower !== undefined && upper !== undefined) {
    const outside = compare(upper.bound.value, lower.bound.value) < 0;
    return {
      range: { lower: lower.bound, upper: upper.bound, outside },
      rule: lower.rule,
      id: `${lower.rule.name}_${upper.rule.name}${outside ? "_exclusive" : ""}`,
      message: `must be ${lower.text} ${outside ? "or" : "and"} ${upper.text}`,
    };
  }
  const only = lower ?? upper;
  return (
    only && {
      range: {
        ...(lower && { lower: lower.bound }),
        ...(upper && { upper: upper.bound }),
        outside: false,
      },
      rule: only.rule,
      id: only.rule.name,
      message: `must be ${only.text}`,
    }
  );
}

function endOf<T>(
  set: RuleSet,
  name: string,
  inclusive: boolean,
  words: string,
  value: T | undefined,
  format: (value: T) => string,
): End<T> | undefined {
  const rule = setRule(set, name);
  return rule === undefined || value === undefined
    ? undefined
    : { bound: { value, inclusive }, rule, text: `${words} ${format(value)}` };
}
