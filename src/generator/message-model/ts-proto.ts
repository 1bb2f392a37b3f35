import type { DescEnum, DescField, DescFile, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { Edition } from "@bufbuild/protobuf/wkt";
import type { DescMap, MessageModel, ModelPaths, ModelProblem } from "./message-model.ts";
import { access, isInherited, messagesOf, propertyClashes } from "./property.ts";
import { shapeOf, wellKnownType, wrappedScalar } from "./value-shape.ts";

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
    check: (file) => [
      ...syntaxProblems(file),
      ...nameProblems(file),
      ...invalidCode(file),
      ...propertyClashes(file, property),
    ],
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

function syntaxProblems(file: DescFile): ModelProblem[] {
  if (file.edition !== Edition.EDITION_PROTO3) {
    return [
      {
        desc: file,
        message:
          'ts-proto handles only syntax = "proto3" right: change the file, or use the option model=protobuf-es',
      },
    ];
  }
  return messagesOf(file).flatMap((message) =>
    message.fields
      .filter((field) => field.message !== undefined && !isProto3(field.message))
      .map((field) => ({
        desc: field,
        message: `${field.message?.typeName} is not declared with syntax = "proto3", which ts-proto handles wrongly: use the option model=protobuf-es`,
      })),
  );
}

/** What ts-proto prints TypeScript for that doesn't compile. */
function invalidCode(file: DescFile): ModelProblem[] {
  return messagesOf(file).flatMap((message) =>
    message.fields
      .filter(({ oneof, message }) => oneof && message?.typeName === "google.protobuf.FieldMask")
      .map((field) => ({
        desc: field,
        message:
          "ts-proto prints invalid code for a FieldMask in a oneof: move it out, or use the option model=protobuf-es",
      })),
  );
}

function isProto3(message: DescMessage): boolean {
  return (
    message.file.edition === Edition.EDITION_PROTO3 ||
    wellKnownType(message) !== undefined ||
    wrappedScalar(message) !== undefined
  );
}

function nameProblems(file: DescFile): ModelProblem[] {
  const problems: ModelProblem[] = [];
  const owners = new Map<string, DescMessage | DescEnum>();
  for (const desc of nestedTypes(file)) {
    if (desc.kind !== "message" && desc.kind !== "enum") {
      continue;
    }
    const name = typeName(desc);
    const owner = owners.get(name);
    if (reservedTypeNames.has(name)) {
      problems.push({
        desc,
        message: `ts-proto prints invalid code for a ${desc.kind} named "${desc.name}", a reserved word: rename it, or use the option model=protobuf-es`,
      });
    } else if (owner !== undefined) {
      problems.push({
        desc,
        message: `${desc.typeName} and ${owner.typeName} both become the type "${name}": rename one of them, or use the option model=protobuf-es`,
      });
    }
    owners.set(name, desc);
  }
  return problems;
}

/** What can't be declared both as an interface and as a constant of a module. */
const reservedTypeNames = new Set(
  (
    "any arguments await bigint boolean break case catch class const continue debugger default " +
    "delete do else enum eval export extends false finally for function if implements import in " +
    "instanceof interface let never new null number object package private protected public " +
    "return static string super switch symbol this throw true try typeof undefined unknown var " +
    "void while with yield"
  ).split(" "),
);
