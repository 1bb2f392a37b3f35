import type {
  DoubleRules,
  Fixed32Rules,
  Fixed64Rules,
  FloatRules,
  Int32Rules,
  Int64Rules,
  SFixed32Rules,
  SFixed64Rules,
  SInt32Rules,
  SInt64Rules,
  UInt32Rules,
  UInt64Rules,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { TestCheck } from "./check.ts";
import { formatList, formatValue } from "./format-value.ts";
import { readRange } from "./range.ts";
import { type RuleSet, setRule, testCheck } from "./rule-set.ts";

/** The rules of all numbers. */
export type NumericRules =
  | FloatRules
  | DoubleRules
  | Int32Rules
  | Int64Rules
  | UInt32Rules
  | UInt64Rules
  | SInt32Rules
  | SInt64Rules
  | Fixed32Rules
  | Fixed64Rules
  | SFixed32Rules
  | SFixed64Rules;

/** The rules of a number. */
export function numericChecks(set: RuleSet<NumericRules>): TestCheck[] {
  const { rules } = set;
  const checks: TestCheck[] = [];
  const equals = setRule(set, "const");
  if (equals) {
    const message = `must equal ${formatValue(rules.const)}`;
    checks.push(testCheck(set, equals, { kind: "equals", value: rules.const }, message));
  }
  checks.push(...rangeChecks(set));
  const oneOf = setRule(set, "in");
  if (oneOf) {
    const test = { kind: "oneOf", values: rules.in, negated: false } as const;
    checks.push(testCheck(set, oneOf, test, `must be in list ${formatList(rules.in)}`));
  }
  const noneOf = setRule(set, "notIn");
  if (noneOf) {
    const test = { kind: "oneOf", values: rules.notIn, negated: true } as const;
    checks.push(testCheck(set, noneOf, test, `must not be in list ${formatList(rules.notIn)}`));
  }
  const finite = setRule(set, "finite");
  if (finite && "finite" in rules && rules.finite) {
    checks.push(testCheck(set, finite, { kind: "finite" }, "must be finite"));
  }
  return checks;
}

function rangeChecks(set: RuleSet<NumericRules>): TestCheck[] {
  const { greaterThan, lessThan } = set.rules;
  const ends = { lower: greaterThan.value, upper: lessThan.value };
  const found = readRange<number | bigint>(set, ends, compareNumbers, formatValue);
  if (found === undefined) {
    return [];
  }
  const { range, rule, id, message } = found;
  if (!hasNaN(ends)) {
    return [testCheck(set, rule, { kind: "range", ...range }, message, id)];
  }
  // In CEL a pair with NaN is neither in order nor out of order, so nothing
  // breaks it; NaN alone is broken by NaN only.
  const isPair = ends.lower !== undefined && ends.upper !== undefined;
  return isPair ? [] : [testCheck(set, rule, { kind: "notNaN" }, message, id)];
}

function hasNaN(ends: {
  lower?: number | bigint | undefined;
  upper?: number | bigint | undefined;
}) {
  return Number.isNaN(ends.lower) || Number.isNaN(ends.upper);
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
