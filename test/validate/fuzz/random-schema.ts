import { create, type MessageInitShape, ScalarType } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import type { Random } from "../../regex/random-pattern.ts";
import { randomCel, randomContainerCel } from "./random-cel.ts";
import { type FieldInit, fieldOptions, messageOptions, oneofOptions } from "./random-options.ts";
import {
  type FieldType,
  type RulesInit,
  randomRules,
  randomType,
  type TypeInit,
} from "./random-rules.ts";

const scalars: readonly [ScalarType, ...ScalarType[]] = [
  ScalarType.STRING,
  ScalarType.DOUBLE,
  ScalarType.FLOAT,
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.INT32,
  ScalarType.FIXED64,
  ScalarType.FIXED32,
  ScalarType.BOOL,
  ScalarType.STRING,
  ScalarType.BYTES,
  ScalarType.UINT32,
  ScalarType.SFIXED32,
  ScalarType.SFIXED64,
  ScalarType.SINT32,
  ScalarType.SINT64,
];

const keyScalars: readonly [ScalarType, ...ScalarType[]] = [
  ScalarType.STRING,
  ScalarType.STRING,
  ScalarType.INT32,
  ScalarType.UINT64,
  ScalarType.SINT64,
  ScalarType.BOOL,
  ScalarType.FIXED32,
];

const wrappers = {
  [ScalarType.DOUBLE]: "DoubleValue",
  [ScalarType.FLOAT]: "FloatValue",
  [ScalarType.INT64]: "Int64Value",
  [ScalarType.UINT64]: "UInt64Value",
  [ScalarType.INT32]: "Int32Value",
  [ScalarType.UINT32]: "UInt32Value",
  [ScalarType.BOOL]: "BoolValue",
  [ScalarType.STRING]: "StringValue",
  [ScalarType.BYTES]: "BytesValue",
} as const;

/** A file of messages with random fields and rules, in the package `fuzz`. */
export function randomFile(
  random: Random,
  name: string,
  messages: number,
  syntax: "proto3" | "proto2",
): FileDescriptorProto {
  const names = Array.from({ length: messages }, (_, i) => `M${i}`);
  return create(FileDescriptorProtoSchema, {
    name,
    package: "fuzz",
    syntax: syntax === "proto3" ? "proto3" : "",
    dependency: [
      "buf/validate/validate.proto",
      "fuzz_rules.proto",
      "google/protobuf/any.proto",
      "google/protobuf/duration.proto",
      "google/protobuf/field_mask.proto",
      "google/protobuf/timestamp.proto",
      "google/protobuf/wrappers.proto",
    ],
    enumType: [
      {
        name: "E",
        value: [
          { name: "E_ZERO", number: 0 },
          { name: "E_ONE", number: 1 },
          { name: "E_TWO", number: 2 },
          { name: "E_MINUS", number: -1 },
        ],
      },
    ],
    // Messages hold themselves and those before them. Larger circles are left
    // out: protovalidate 1.3.0 drops the rules below them, because it prunes a
    // message's plan while that of another one in the circle is still empty.
    messageType: names.map((own, i) => randomMessage(random, own, names.slice(0, i + 1), syntax)),
  });
}

function randomMessage(
  random: Random,
  name: string,
  names: readonly string[],
  syntax: "proto3" | "proto2",
): DescriptorProto {
  const count = 2 + random.below(6);
  const fields: FieldInit[] = [];
  const nested: MessageInitShape<typeof DescriptorProtoSchema>[] = [];
  const optional: string[] = [];
  for (let i = 0; i < count; i++) {
    const number = i + 1;
    const own = `field_${number}`;
    const type = randomFieldType(random, names);
    const form = random.below(10);
    if (form < 2) {
      fields.push(listField(random, own, number, type));
    } else if (form < 4) {
      const key = random.pick(keyScalars);
      const entry = `Field${number}Entry`;
      nested.push(mapEntry(entry, key, type));
      fields.push(mapField(random, own, number, `.fuzz.${name}.${entry}`, key, type));
    } else {
      fields.push(singularField(random, own, number, type, form === 4 ? "oneof" : "single"));
      if (form === 5 && type.kind !== "message" && syntax === "proto3") {
        optional.push(own);
      }
    }
  }
  for (const [i, own] of optional.entries()) {
    const field = fields.find((candidate) => candidate.name === own);
    if (field !== undefined) {
      field.proto3Optional = true;
      field.oneofIndex = i + 1;
    }
  }
  const hasOneof = fields.some(({ oneofIndex }) => oneofIndex === 0);
  if (!hasOneof) {
    for (const field of fields) {
      if (field.oneofIndex !== undefined) {
        field.oneofIndex--;
      }
    }
  }
  return create(DescriptorProtoSchema, {
    name,
    field: fields,
    nestedType: nested,
    oneofDecl: [
      ...(hasOneof ? [{ name: "choice", options: oneofOptions(random) }] : []),
      ...optional.map((own) => ({ name: `_${own}` })),
    ],
    options: messageOptions(random, fields),
  });
}

function randomFieldType(random: Random, names: readonly string[]): FieldType {
  switch (random.below(12)) {
    case 0:
      return { kind: "enum" };
    case 1:
    case 2:
      return { kind: "message", name: names[random.below(names.length)] ?? "M0" };
    case 3:
      return { kind: "wrapper", scalar: random.pick(wrapped) };
    case 4:
      return { kind: random.pick(wellKnown) };
    default:
      return { kind: "scalar", scalar: random.pick(scalars) };
  }
}

const wellKnown = ["Timestamp", "Duration", "FieldMask", "Any"] as const;

const wrapped: readonly [keyof typeof wrappers, ...(keyof typeof wrappers)[]] = [
  ScalarType.DOUBLE,
  ScalarType.FLOAT,
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.INT32,
  ScalarType.UINT32,
  ScalarType.BOOL,
  ScalarType.STRING,
  ScalarType.BYTES,
];

/** What a field, an element or a map's key or value is, by its declaration. */
export function typeOf({
  type,
  typeName,
}: Pick<FieldDescriptorProto, "type" | "typeName">): FieldType {
  if (type === FieldDescriptorProto_Type.ENUM) {
    return { kind: "enum" };
  }
  if (type !== FieldDescriptorProto_Type.MESSAGE) {
    const scalar = scalars.find((candidate) => Number(candidate) === Number(type));
    return { kind: "scalar", scalar: scalar ?? ScalarType.STRING };
  }
  const name = typeName.slice(typeName.lastIndexOf(".") + 1);
  const scalar = wrapped.find((candidate) => wrappers[candidate] === name);
  if (scalar !== undefined) {
    return { kind: "wrapper", scalar };
  }
  const kind = wellKnown.find((candidate) => candidate === name);
  return kind === undefined ? { kind: "message", name } : { kind };
}

function typeInit(type: FieldType): Pick<FieldInit, "type" | "typeName"> {
  switch (type.kind) {
    case "scalar":
      // The numbers of ScalarType are those of FieldDescriptorProto.Type.
      return { type: type.scalar as number };
    case "enum":
      return { type: FieldDescriptorProto_Type.ENUM, typeName: ".fuzz.E" };
    case "message":
      return { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.fuzz.${type.name}` };
    case "wrapper":
      return {
        type: FieldDescriptorProto_Type.MESSAGE,
        typeName: `.google.protobuf.${Object.entries(wrappers).find(([scalar]) => Number(scalar) === type.scalar)?.[1]}`,
      };
    default:
      return { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.google.protobuf.${type.kind}` };
  }
}

/** Rules of a value, standard ones and such in CEL. */
function valueRules(random: Random, type: FieldType): RulesInit {
  return randomRules(random, randomType(random, type), randomCel(random, type));
}

function singularField(
  random: Random,
  name: string,
  number: number,
  type: FieldType,
  place: "oneof" | "single",
): FieldInit {
  return {
    name,
    number,
    label: FieldDescriptorProto_Label.OPTIONAL,
    ...typeInit(type),
    ...(place === "oneof" ? { oneofIndex: 0 } : {}),
    options: fieldOptions(valueRules(random, type)),
  };
}

function listField(random: Random, name: string, number: number, type: FieldType): FieldInit {
  const comparable = type.kind === "scalar" || type.kind === "enum";
  const lists: TypeInit = {
    case: "repeated",
    value: {
      ...(random.below(3) === 0 ? { minItems: BigInt(random.below(3)) } : {}),
      ...(random.below(3) === 0 ? { maxItems: BigInt(random.below(3)) } : {}),
      ...(comparable && random.below(3) === 0 ? { unique: true } : {}),
      ...(random.below(2) === 0
        ? {
            items: valueRules(random, type),
          }
        : {}),
    },
  };
  const rules = randomRules(random, lists, randomContainerCel(random, "list"));
  const label = FieldDescriptorProto_Label.REPEATED;
  const options = fieldOptions(rules);
  return { name, number, label, ...typeInit(type), options };
}

function mapField(
  random: Random,
  name: string,
  number: number,
  typeName: string,
  key: ScalarType,
  type: FieldType,
): FieldInit {
  const keyType: FieldType = { kind: "scalar", scalar: key };
  const maps: TypeInit = {
    case: "map",
    value: {
      ...(random.below(3) === 0 ? { minPairs: BigInt(random.below(3)) } : {}),
      ...(random.below(3) === 0 ? { maxPairs: BigInt(random.below(3)) } : {}),
      ...(random.below(2) === 0 ? { keys: valueRules(random, keyType) } : {}),
      ...(random.below(2) === 0 ? { values: valueRules(random, type) } : {}),
    },
  };
  const rules = randomRules(random, maps, randomContainerCel(random, "map"));
  return {
    name,
    number,
    label: FieldDescriptorProto_Label.REPEATED,
    type: FieldDescriptorProto_Type.MESSAGE,
    typeName,
    options: fieldOptions(rules),
  };
}

function mapEntry(name: string, key: ScalarType, type: FieldType) {
  const label = FieldDescriptorProto_Label.OPTIONAL;
  const keyType: FieldType = { kind: "scalar", scalar: key };
  return {
    name,
    field: [
      { name: "key", number: 1, label, ...typeInit(keyType) },
      { name: "value", number: 2, label, ...typeInit(type) },
    ],
    options: { mapEntry: true },
  };
}
