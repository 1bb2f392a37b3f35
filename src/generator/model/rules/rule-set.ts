import { type DescField, type DescMessage, isFieldSet, type Message } from "@bufbuild/protobuf";
import type { TestCheck } from "./check.ts";
import { below, type RulePlace, ruleInfo } from "./rule-place.ts";
import type { Test } from "./test.ts";

/** One of the messages `buf.validate.StringRules`, `Int32Rules`, ... with what is known of it. */
export interface RuleSet<R extends Message = Message> {
  /** The name of the set in rule ids, for example `string`. */
  readonly family: string;
  readonly rules: R;
  readonly desc: DescMessage;
  readonly place: RulePlace;
}

/** A standard rule that is set, as a check. The id is that of the field unless given. */
export function testCheck(
  set: RuleSet,
  rule: DescField,
  test: Test,
  message: string,
  id: string = rule.name,
): TestCheck {
  return {
    kind: "test",
    test,
    rule: ruleInfo(below(set.place, rule), `${set.family}.${id}`, message),
  };
}

/** The field of a rule, if it is set. Names are local (lowerCamelCase). */
export function setRule(set: RuleSet, localName: string): DescField | undefined {
  const rule = set.desc.field[localName];
  return rule !== undefined && isFieldSet(set.rules, rule) ? rule : undefined;
}
