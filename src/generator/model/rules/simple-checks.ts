import type { DescEnum } from "@bufbuild/protobuf";
import type {
  AnyRules,
  BoolRules,
  EnumRules,
  FieldMaskRules,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { TestCheck } from "./check.ts";
import { formatList } from "./format-value.ts";
import { type RuleSet, setRule, testCheck } from "./rule-set.ts";

/** The rules of a boolean. */
export function boolChecks(set: RuleSet<BoolRules>): TestCheck[] {
  const equals = setRule(set, "const");
  const test = { kind: "equals", value: set.rules.const } as const;
  return equals ? [testCheck(set, equals, test, `must equal ${set.rules.const}`)] : [];
}

/** The rules of an enum. */
export function enumChecks(set: RuleSet<EnumRules>, desc: DescEnum): TestCheck[] {
  const { rules } = set;
  const checks: TestCheck[] = [];
  const definedOnly = setRule(set, "definedOnly");
  if (definedOnly && rules.definedOnly) {
    const values = [...new Set(desc.values.map(({ number }) => number))];
    const test = { kind: "oneOf", values, negated: false } as const;
    const message = "value must be one of the defined enum values";
    checks.push(testCheck(set, definedOnly, test, message));
  }
  const equals = setRule(set, "const");
  if (equals) {
    const test = { kind: "equals", value: rules.const } as const;
    checks.push(testCheck(set, equals, test, `must equal ${rules.const}`));
  }
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
  return checks;
}

/** The rules of a `google.protobuf.Any`. */
export function anyChecks(set: RuleSet<AnyRules>): TestCheck[] {
  const { rules } = set;
  const checks: TestCheck[] = [];
  const oneOf = setRule(set, "in");
  if (oneOf) {
    const test = { kind: "typeUrl", values: rules.in, negated: false } as const;
    checks.push(testCheck(set, oneOf, test, "type URL must be in the allow list"));
  }
  const noneOf = setRule(set, "notIn");
  if (noneOf) {
    const test = { kind: "typeUrl", values: rules.notIn, negated: true } as const;
    checks.push(testCheck(set, noneOf, test, "type URL must not be in the block list"));
  }
  return checks;
}

/** The rules of a `google.protobuf.FieldMask`. */
export function fieldMaskChecks(set: RuleSet<FieldMaskRules>): TestCheck[] {
  const { rules } = set;
  const checks: TestCheck[] = [];
  const equals = setRule(set, "const");
  if (equals) {
    const paths = rules.const?.paths ?? [];
    const test = { kind: "paths", mode: "equal", paths } as const;
    checks.push(testCheck(set, equals, test, `must equal paths ${formatList(paths)}`));
  }
  const oneOf = setRule(set, "in");
  if (oneOf) {
    const test = { kind: "paths", mode: "only", paths: rules.in } as const;
    checks.push(testCheck(set, oneOf, test, `must only contain paths in ${formatList(rules.in)}`));
  }
  const noneOf = setRule(set, "notIn");
  if (noneOf) {
    const test = { kind: "paths", mode: "none", paths: rules.notIn } as const;
    const message = `must not contain any paths in ${formatList(rules.notIn)}`;
    checks.push(testCheck(set, noneOf, test, message));
  }
  return checks;
}
