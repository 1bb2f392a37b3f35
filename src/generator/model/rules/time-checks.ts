import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import type {
  DurationRules,
  TimestampRules,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { reasonOf } from "../diagnostics.ts";
import type { TestCheck } from "./check.ts";
import { formatList, formatValue } from "./format-value.ts";
import { readRange } from "./range.ts";
import { reportRule } from "./rule-place.ts";
import { type RuleSet, setRule, testCheck } from "./rule-set.ts";
import type { Time } from "./test.ts";

/** The rules of a `google.protobuf.Duration`. */
export function durationChecks(set: RuleSet<DurationRules>): TestCheck[] {
  const { rules } = set;
  return whileExpressible(set, () => [
    ...equalsCheck(set, rules.const),
    ...rangeCheck(set, rules.greaterThan.value, rules.lessThan.value),
    ...listCheck(set, "in", rules.in),
    ...listCheck(set, "notIn", rules.notIn),
  ]);
}

/** The rules of a `google.protobuf.Timestamp`. */
export function timestampChecks(set: RuleSet<TimestampRules>): TestCheck[] {
  const { const: value, greaterThan, lessThan, within } = set.rules;
  return whileExpressible(set, () => [
    ...equalsCheck(set, value),
    ...nowCheck(set, "ltNow", lessThan.value === true),
    ...rangeCheck(set, timeOf(greaterThan), timeOf(lessThan)),
    ...nowCheck(set, "gtNow", greaterThan.value === true),
    ...withinCheck(set, within),
  ]);
}

function timeOf(end: TimestampRules["greaterThan"] | TimestampRules["lessThan"]) {
  return typeof end.value === "object" ? end.value : undefined;
}

function equalsCheck(set: RuleSet, value: Duration | Timestamp | undefined): TestCheck[] {
  const rule = setRule(set, "const");
  return rule && value
    ? [testCheck(set, rule, { kind: "timeEquals", value }, `must equal ${formatValue(value)}`)]
    : [];
}

function rangeCheck<T extends Duration | Timestamp>(
  set: RuleSet,
  lower: T | undefined,
  upper: T | undefined,
): TestCheck[] {
  const found = readRange<Time & T>(set, { lower, upper }, compareTimes, formatValue);
  return found
    ? [testCheck(set, found.rule, { kind: "timeRange", ...found.range }, found.message, found.id)]
    : [];
}

function listCheck(set: RuleSet, name: "in" | "notIn", values: readonly Duration[]): TestCheck[] {
  const rule = setRule(set, name);
  const negated = name === "notIn";
  const message = `must ${negated ? "not " : ""}be in list ${formatList(values)}`;
  return rule ? [testCheck(set, rule, { kind: "timeOneOf", values, negated }, message)] : [];
}

function nowCheck(set: RuleSet, name: "ltNow" | "gtNow", on: boolean): TestCheck[] {
  const rule = setRule(set, name);
  if (!on || rule === undefined) {
    return [];
  }
  return name === "ltNow"
    ? [testCheck(set, rule, { kind: "notAfterNow" }, "must be less than now")]
    : [testCheck(set, rule, { kind: "notBeforeNow" }, "must be greater than now")];
}

function withinCheck(set: RuleSet, duration: Duration | undefined): TestCheck[] {
  const rule = setRule(set, "within");
  return rule && duration
    ? [
        testCheck(
          set,
          rule,
          { kind: "withinNow", duration },
          `must be within ${formatValue(duration)} of now`,
        ),
      ]
    : [];
}

function compareTimes(a: Time, b: Time): number {
  return a.seconds === b.seconds ? a.nanos - b.nanos : a.seconds < b.seconds ? -1 : 1;
}

/** A value outside of what Timestamp or Duration allow can't be shown to anyone. */
function whileExpressible(set: RuleSet, checks: () => TestCheck[]): TestCheck[] {
  try {
    return checks();
  } catch (error) {
    reportRule(set.place, `a ${set.family} in a rule is out of range: ${reasonOf(error)}`);
    return [];
  }
}
