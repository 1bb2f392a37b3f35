import { type DescField, isFieldSet } from "@bufbuild/protobuf";
import {
  KnownRegex,
  type StringRules,
  StringRulesSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { TestCheck } from "./check.ts";
import { formatList } from "./format-value.ts";
import { lengthChecks } from "./length-checks.ts";
import { patternCheck } from "./pattern-check.ts";
import { below, ruleInfo } from "./rule-place.ts";
import { type RuleSet, setRule, testCheck } from "./rule-set.ts";
import { emptyMessages, formatMessages } from "./string-formats.ts";
import type { AffixTest, StringFormat } from "./test.ts";

/** The rules of a string. */
export function stringChecks(set: RuleSet<StringRules>): TestCheck[] {
  const { rules } = set;
  const checks: TestCheck[] = [];
  const equals = setRule(set, "const");
  if (equals) {
    const test = { kind: "equals", value: rules.const } as const;
    checks.push(testCheck(set, equals, test, `must equal \`${rules.const}\``));
  }
  checks.push(
    ...lengthChecks(set, "codePoints", "characters", {
      len: rules.len,
      minLen: rules.minLen,
      maxLen: rules.maxLen,
    }),
    ...lengthChecks(set, "utf8", "bytes", {
      lenBytes: rules.lenBytes,
      minBytes: rules.minBytes,
      maxBytes: rules.maxBytes,
    }),
    ...patternCheck(set, rules.pattern, "string", "does not match"),
    ...affixCheck(set, "prefix", "does not have prefix", "prefix", rules.prefix),
    ...affixCheck(set, "suffix", "does not have suffix", "suffix", rules.suffix),
    ...affixCheck(set, "contains", "does not contain substring", "anywhere", rules.contains),
    ...affixCheck(set, "notContains", "contains substring", "anywhere", rules.notContains),
  );
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
  return [...checks, ...formatChecks(set)];
}

function affixCheck(
  set: RuleSet,
  name: string,
  words: string,
  place: AffixTest["place"],
  value: string,
): TestCheck[] {
  const rule = setRule(set, name);
  const test = { kind: "affix", place, value, negated: name === "notContains" } as const;
  return rule ? [testCheck(set, rule, test, `${words} \`${value}\``)] : [];
}

function formatChecks(set: RuleSet<StringRules>): TestCheck[] {
  const { wellKnown } = set.rules;
  if (wellKnown.case === undefined) {
    return [];
  }
  if (wellKnown.case === "wellKnownRegex") {
    return headerChecks(set);
  }
  const rule = setRule(set, wellKnown.case);
  return wellKnown.value && rule && isFormat(rule.name)
    ? [formatCheck(set, rule, rule.name, rule.name)]
    : [];
}

function headerChecks(set: RuleSet<StringRules>): TestCheck[] {
  const { rules } = set;
  const { strict, wellKnownRegex } = StringRulesSchema.field;
  const loose = isFieldSet(rules, strict) && !rules.strict ? "_loose" : "";
  switch (rules.wellKnown.value) {
    case KnownRegex.HTTP_HEADER_NAME:
      return [
        formatCheck(set, wellKnownRegex, `header_name${loose}`, "well_known_regex.header_name"),
      ];
    case KnownRegex.HTTP_HEADER_VALUE:
      return [
        formatCheck(set, wellKnownRegex, `header_value${loose}`, "well_known_regex.header_value"),
      ];
    default:
      return [];
  }
}

function formatCheck(
  set: RuleSet<StringRules>,
  rule: DescField,
  format: StringFormat,
  id: string,
): TestCheck {
  const check = testCheck(set, rule, { kind: "format", format }, formatMessages[format], id);
  const empty = emptyMessages[format];
  return empty === undefined
    ? check
    : { ...check, empty: ruleInfo(below(set.place, rule), `string.${id}_empty`, empty) };
}

function isFormat(name: string): name is StringFormat {
  return Object.hasOwn(formatMessages, name);
}
