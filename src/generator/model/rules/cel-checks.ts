import {
  type FieldRules,
  FieldRulesSchema,
  type MessageRules,
  MessageRulesSchema,
  type Rule,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { CelCheck, CelSubject } from "./check.ts";
import { below, type RulePlace, ruleInfo } from "./rule-place.ts";

/** The CEL rules about a value of a field, as `(buf.validate.field).cel`. */
export function fieldCel(value: {
  readonly rules: FieldRules;
  readonly place: RulePlace;
  readonly subject: CelSubject;
}): CelCheck[] {
  const { rules, place, subject } = value;
  const { cel, celExpression } = FieldRulesSchema.field;
  return [
    ...rules.cel.map((rule, i) => celCheck(below(place, cel, i), rule, subject)),
    ...rules.celExpression.map((expression, i) =>
      celCheck(
        below(place, celExpression, i),
        { id: expression, expression, message: "" },
        subject,
      ),
    ),
  ];
}

/** The CEL rules about a message. Their violations have no path of the rule. */
export function messageCel(rules: MessageRules, place: RulePlace, subject: CelSubject): CelCheck[] {
  const { cel, celExpression } = MessageRulesSchema.field;
  return [
    ...rules.celExpression.map((expression, i) =>
      celCheck(
        below(place, celExpression, i),
        { id: expression, expression, message: "" },
        subject,
      ),
    ),
    ...rules.cel.map((rule, i) => celCheck(below(place, cel, i), rule, subject)),
  ].map((check) => ({ ...check, rule: { ...check.rule, path: [] } }));
}

function celCheck(
  place: RulePlace,
  rule: Pick<Rule, "id" | "expression" | "message">,
  subject: CelSubject,
): CelCheck {
  const { id, expression, message } = rule;
  return { kind: "cel", expression, rule: ruleInfo(place, id, message), subject, place };
}
