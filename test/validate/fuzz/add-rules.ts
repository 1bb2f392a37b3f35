import { create, getExtension, hasExtension, setExtension } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  type FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import {
  type FieldRules,
  field as fieldOption,
  message as messageOption,
  RuleSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { Random } from "../../regex/random-pattern.ts";
import { predefinedRules } from "./predefined-rules.ts";
import { type FieldForm, randomMessageCel } from "./random-message-cel.ts";
import type { FieldType } from "./random-rules.ts";
import { typeOf } from "./random-schema.ts";

/**
 * Sets predefined rules and rules in CEL about whole messages in a random
 * schema. With random numbers of its own, so that what a seed gave before them
 * stays as it was.
 */
export function addRules(random: Random, file: FileDescriptorProto): void {
  const opaque = new Set<string>();
  for (const message of file.messageType) {
    for (const { options } of message.field) {
      if (options !== undefined && hasExtension(options, fieldOption)) {
        const rules = getExtension(options, fieldOption);
        addPredefined(random, rules);
        setExtension(options, fieldOption, rules);
      }
    }
    const forms = message.field.map((field) => formOf(message, field, opaque));
    if (forms.some(({ type }) => type.kind === "Any")) {
      opaque.add(message.name);
    }
    addMessageCel(random, message, forms);
  }
}

function addPredefined(random: Random, { type }: FieldRules): void {
  if (type.case === undefined) {
    return;
  }
  if (type.case === "repeated" && type.value.items !== undefined) {
    addPredefined(random, type.value.items);
  }
  if (type.case === "map") {
    for (const rules of [type.value.keys, type.value.values]) {
      if (rules !== undefined) {
        addPredefined(random, rules);
      }
    }
  }
  const fitting = predefinedRules.filter(
    ({ extension }) => extension.extendee.typeName === type.value.$typeName,
  );
  for (const { extension, values } of fitting) {
    if (random.below(5) === 0) {
      setExtension(type.value, extension, random.pick(values));
    }
  }
}

function addMessageCel(
  random: Random,
  { options }: DescriptorProto,
  [first, ...others]: readonly FieldForm[],
): void {
  if (options === undefined || first === undefined || random.below(2) === 0) {
    return;
  }
  const rules = getExtension(options, messageOption);
  for (let i = 0; i <= random.below(3); i++) {
    const expression = randomMessageCel(random, [first, ...others]);
    if (random.below(4) === 0) {
      rules.celExpression.push(expression);
    } else {
      const id = `message.${i}`;
      rules.cel.push(create(RuleSchema, { id, message: random.pick(["", "broken"]), expression }));
    }
  }
  setExtension(options, messageOption, rules);
}

function formOf(
  message: DescriptorProto,
  field: FieldDescriptorProto,
  opaque: ReadonlySet<string>,
): FieldForm {
  const { name, typeName, label } = field;
  const known = (type: FieldType): FieldType =>
    type.kind === "message" && opaque.has(type.name) ? { kind: "Any" } : type;
  const [key, value] =
    message.nestedType.find((nested) => typeName.endsWith(`.${nested.name}`))?.field ?? [];
  if (key !== undefined && value !== undefined) {
    return { kind: "map", name, type: known(typeOf(value)), key: typeOf(key) };
  }
  const kind = label === FieldDescriptorProto_Label.REPEATED ? "list" : "single";
  return { kind, name, type: known(typeOf(field)) };
}
