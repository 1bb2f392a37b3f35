import type { BytesRules } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { TestCheck } from "./check.ts";
import { formatHex, formatList } from "./format-value.ts";
import { lengthChecks } from "./length-checks.ts";
import { patternCheck } from "./pattern-check.ts";
import { below, ruleInfo } from "./rule-place.ts";
import { type RuleSet, setRule, testCheck } from "./rule-set.ts";
import type { AffixTest } from "./test.ts";

/** The rules of bytes. */
export function bytesChecks(set: RuleSet<BytesRules>): TestCheck[] {
  const { rules } = set;
  const checks: TestCheck[] = [];
  const equals = setRule(set, "const");
  if (equals) {
    const test = { kind: "equals", value: rules.const } as const;
    checks.push(testCheck(set, equals, test, `must be ${formatHex(rules.const)}`));
  }
  checks.push(
    ...lengthChecks(set, "bytes", "bytes", {
      len: rules.len,
      minLen: rules.minLen,
      maxLen: rules.maxLen,
    }),
    ...patternCheck(set, rules.pattern, "bytes", "must match"),
    ...affixCheck(set, "prefix", "does not have prefix", "prefix", rules.prefix),
    ...affixCheck(set, "suffix", "does not have suffix", "suffix", rules.suffix),
    ...affixCheck(set, "contains", "does not contain", "anywhere", rules.contains),
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
  value: Uint8Array,
): TestCheck[] {
  const rule = setRule(set, name);
  const test = { kind: "affix", place, value, negated: false } as const;
  return rule ? [testCheck(set, rule, test, `${words} ${formatHex(value)}`)] : [];
}

const formats = {
  ip: { sizes: [4, 16], noun: "a valid IP address" },
  ipv4: { sizes: [4], noun: "a valid IPv4 address" },
  ipv6: { sizes: [16], noun: "a valid IPv6 address" },
  uuid: { sizes: [16], noun: "a valid UUID" },
} as const;

function formatChecks(set: RuleSet<BytesRules>): TestCheck[] {
  const { wellKnown } = set.rules;
  const rule = wellKnown.case && setRule(set, wellKnown.case);
  if (!wellKnown.value || rule === undefined) {
    return [];
  }
  const { sizes, noun } = formats[wellKnown.case];
  const check = testCheck(set, rule, { kind: "byteSize", sizes }, `must be ${noun}`);
  const empty = ruleInfo(
    below(set.place, rule),
    `bytes.${rule.name}_empty`,
    `value is empty, which is not ${noun}`,
  );
  return [{ ...check, empty }];
}
