import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { isDeprecated } from "../model/comments.ts";
import type { Diagnostics } from "../model/diagnostics.ts";
import type { FieldRules } from "../model/rules/check.ts";
import type { RuleBook } from "../model/rules/rule-book.ts";
import { buildValue, celNotes, type MessageTypes } from "./build-value.ts";
import { holds } from "./holds.ts";
import { examplesOf, fallbackOf } from "./literals.ts";
import type { Choice, Field, MessageType } from "./message-type.ts";
import { unwrappedComment } from "./unwrap-comment.ts";
import type { Value } from "./value-type.ts";
import { nonZeroTest, zeroOf } from "./zero.ts";

/** Builds messages when they are asked for, each once. Reports examples that break rules. */
export function createMessageTypes(
  rules: RuleBook,
  diagnostics: Diagnostics,
): (message: DescMessage) => MessageType {
  const known = new Map<DescMessage, MessageType>();
  const unfinished: (() => void)[] = [];
  const messages: MessageTypes = { of: messageOf, hasRules: rules.hasRules };
  let finishing = false;

  function messageOf(desc: DescMessage): MessageType {
    const message = known.get(desc) ?? begin(desc);
    if (!finishing) {
      finishing = true;
      // Not by recursion: messages may lead back to themselves, or very deep.
      for (let finish = unfinished.pop(); finish !== undefined; finish = unfinished.pop()) {
        finish();
      }
      finishing = false;
    }
    return message;
  }

  function begin(desc: DescMessage): MessageType {
    const fields: Field[] = [];
    const own = rules.rulesOf(desc);
    const message: MessageType = {
      typeName: desc.typeName,
      name: nameOf(desc),
      description: unwrappedComment(desc),
      deprecated: isDeprecated(desc),
      fields,
      choices: choicesOf(desc, rules),
      notes: celNotes(own.cel),
      desc,
    };
    known.set(desc, message);
    const byField = new Map(own.fields.map((entry) => [entry.field, entry]));
    unfinished.push(() => {
      for (const field of desc.fields) {
        fields.push(buildField(field, byField.get(field), messages, diagnostics));
      }
    });
    return message;
  }

  return messageOf;
}

/** The name without the package. */
function nameOf(desc: DescMessage): string {
  return desc.parent === undefined ? desc.name : `${nameOf(desc.parent)}.${desc.name}`;
}

function choicesOf(desc: DescMessage, rules: RuleBook): Choice[] {
  const { groups, requiredOneofs } = rules.rulesOf(desc);
  return [
    ...desc.oneofs.map((oneof) => ({
      fields: oneof.fields.map(({ name }) => name),
      required: requiredOneofs.includes(oneof),
    })),
    ...groups.map(({ fields, required }) => ({
      fields: fields.map(({ name }) => name),
      required,
    })),
  ];
}

function buildField(
  field: DescField,
  rules: FieldRules | undefined,
  messages: MessageTypes,
  diagnostics: Diagnostics,
): Field {
  const value = buildValue(field, rules?.checks ?? [], messages);
  const nonZero = rules?.required === true && isImplicit(field);
  const full = {
    ...value,
    tests: nonZero ? [...nonZeroTest(value.type), ...value.tests] : value.tests,
    zeroAllowed: rules?.onlyIfSet === true && isImplicit(field) && !nonZero,
  };
  return {
    name: field.name,
    description: unwrappedComment(field),
    deprecated: isDeprecated(field),
    required:
      rules?.required === true ||
      field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED ||
      (rules?.onlyIfSet === false && isImplicit(field) && refusesZero(full)),
    implicit: isImplicit(field),
    value: full,
    fallback: fallbackOf(field),
    examples: examplesOf(field, full, diagnostics),
    desc: field,
  };
}

/** Whether leaving the field out is the same as setting it to its zero value. */
function isImplicit(field: DescField): boolean {
  return field.presence === FeatureSet_FieldPresence.IMPLICIT;
}

function refusesZero({ type, tests }: Value): boolean {
  const zero = zeroOf(type);
  return zero !== undefined && tests.some((test) => holds(test, zero) === false);
}
