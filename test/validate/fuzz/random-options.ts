import { create, type MessageInitShape, setExtension } from "@bufbuild/protobuf";
import {
  type FieldDescriptorProtoSchema,
  FieldOptionsSchema,
  MessageOptionsSchema,
  OneofOptionsSchema,
} from "@bufbuild/protobuf/wkt";
import {
  FieldRulesSchema,
  field as fieldOption,
  MessageRulesSchema,
  message as messageOption,
  OneofRulesSchema,
  oneof as oneofOption,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { Random } from "../../regex/random-pattern.ts";
import type { RulesInit } from "./random-rules.ts";

/** A field as it is declared. */
export type FieldInit = MessageInitShape<typeof FieldDescriptorProtoSchema>;

/** The options of a field with rules. */
export function fieldOptions(rules: RulesInit) {
  const options = create(FieldOptionsSchema);
  setExtension(options, fieldOption, create(FieldRulesSchema, rules));
  return options;
}

/** The options of a oneof, which may be required. */
export function oneofOptions(random: Random) {
  const options = create(OneofOptionsSchema);
  if (random.below(2) === 0) {
    setExtension(options, oneofOption, create(OneofRulesSchema, { required: true }));
  }
  return options;
}

/** The options of a message: at times of its fields only one may be set. */
export function messageOptions(random: Random, fields: readonly FieldInit[]) {
  const options = create(MessageOptionsSchema);
  if (random.below(3) === 0) {
    const names = fields.flatMap(({ name }) =>
      name !== undefined && random.below(2) === 0 ? [name] : [],
    );
    if (names.length > 0) {
      const rule = { fields: names, required: random.below(2) === 0 };
      setExtension(options, messageOption, create(MessageRulesSchema, { oneof: [rule] }));
    }
  }
  return options;
}
