import { create, type DescField, type DescMessage, getOption, hasOption } from "@bufbuild/protobuf";
import {
  type MessageOneofRule,
  MessageRulesSchema,
  message as messageOption,
  oneof as oneofOption,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { quote } from "../diagnostics.ts";
import { messageCel } from "./cel-checks.ts";
import type { FieldGroup, MessageRules } from "./check.ts";
import { fieldRules, type RuleReader } from "./field-rules.ts";
import { below, type RulePlace, reportRule, rulesOf } from "./rule-place.ts";

const noRules = create(MessageRulesSchema);

/** All rules of a message, and of its fields. */
export function messageRules(reader: RuleReader, message: DescMessage): MessageRules {
  const rules = hasOption(message, messageOption) ? getOption(message, messageOption) : noRules;
  const place = rulesOf(message, reader.diagnostics);
  const grouped = new Set(rules.oneof.flatMap((rule) => rule.fields));
  return {
    fields: message.fields
      .map((field) => fieldRules(reader, field, grouped.has(field.name)))
      .filter(({ required, checks }) => required || checks.length > 0),
    cel: messageCel(rules, place, { kind: "message", message }),
    groups: rules.oneof.flatMap((rule, i) =>
      readGroup(below(place, MessageRulesSchema.field.oneof, i), rule, message),
    ),
    requiredOneofs: message.oneofs.filter(
      (oneof) => hasOption(oneof, oneofOption) && getOption(oneof, oneofOption).required,
    ),
  };
}

/** Whether a message has rules of its own; those of the messages in its fields don't count. */
export function hasOwnRules({ fields, cel, groups, requiredOneofs }: MessageRules): boolean {
  return fields.length + cel.length + groups.length + requiredOneofs.length > 0;
}

function readGroup(place: RulePlace, rule: MessageOneofRule, message: DescMessage): FieldGroup[] {
  if (rule.fields.length === 0) {
    reportRule(place, 'the rule "oneof" names no field: add some, or remove it');
    return [];
  }
  const fields = new Set<DescField>();
  for (const name of rule.fields) {
    const field = message.fields.find((candidate) => candidate.name === name);
    if (field === undefined) {
      reportRule(
        place,
        `${message.typeName} has no field ${quote(name)}, which the rule "oneof" names`,
      );
    } else if (fields.has(field)) {
      reportRule(place, `the rule "oneof" names ${quote(name)} twice: remove one`);
    } else {
      fields.add(field);
    }
  }
  return fields.size === 0 ? [] : [{ fields: [...fields], required: rule.required }];
}
