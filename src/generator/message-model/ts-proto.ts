import type { DescEnum, DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import type { DescMap, MessageModel, ModelPaths } from "./message-model.ts";
import { access, isInherited, propertyClashes } from "./property.ts";
import { tsProtoProblems } from "./ts-proto-problems.ts";
import { shapeOf } from "./value-shape.ts";

/**
 * Messages of ts-proto 2, generated with the options that botwire's
 * documentation fixes (`oneof=unions-value`, `forceLong=bigint`, ...).
 *
 * ts-proto treats every file as proto3, so others are refused: it would drop
 * presence, required fields and the encoding of groups in silence.
 */
export function createTsProtoModel(paths: ModelPaths): MessageModel {
  return {
    name: "ts-proto",
    check: (file) => [...tsProtoProblems(file, typeName), ...propertyClashes(file, property)],
    type: (f, desc) => f.import(typeName(desc), `${paths.types(desc.file)}.js`, true),
    property,
    read: (message, member) =>
      member.kind === "field" && hasPresence(member) && isInherited(property(member))
        ? `(${isSet(message, member)} ? ${access(message, property(member))} : undefined)`
        : access(message, property(member)),
    isSet,
    shape: (field) => shapeOf(field, () => "plain"),
    mapForm,
    oneof: { discriminator: "$case", selected: (group) => `${group}?.$case`, none: "undefined" },
    literal: () => ({ typeName: undefined, inherited: [] }),
    binaryCodec: (f, message) => f.import(typeName(message), `${paths.types(message.file)}.js`),
  };
}

function hasPresence(field: DescField): boolean {
  return field.proto.proto3Optional || field.fieldKind === "message";
}

function isSet(message: string, field: DescField): string {
  const name = property(field);
  const defined = `${access(message, name)} !== undefined`;
  return isInherited(name)
    ? `globalThis.Object.hasOwn(${message}, ${JSON.stringify(name)}) && ${defined}`
    : defined;
}

/** As ts-proto's `snakeToCamel`: names without "_" stay as they are. */
function property(member: DescField | DescOneof): string {
  return camelCase(member.name);
}

function camelCase(name: string): string {
  if (!name.includes("_")) {
    return name;
  }
  const words = /[a-z]/.test(name) ? name.split("_") : name.toLowerCase().split("_");
  return words
    .map((word, i) => (i === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join("");
}

/** As ts-proto's `visit`: nested types are `Outer_Inner`, and two names are its own. */
function typeName(desc: DescMessage | DescEnum): string {
  const name = qualified(desc);
  return name === "Date" || name === "Function" ? `${name}Message` : name;
}

function qualified(desc: DescMessage | DescEnum): string {
  const name = camelCase(desc.name);
  return desc.parent === undefined ? name : `${qualified(desc.parent)}_${name}`;
}

function mapForm(field: DescMap): "object" | "Map" {
  switch (field.mapKey) {
    case ScalarType.BOOL:
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return "Map";
    default:
      return "object";
  }
}
