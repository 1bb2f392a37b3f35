import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { Edition, FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { MessageLiteral, MessageModel, ModelPaths } from "./message-model.ts";
import { access, isInherited, propertyClashes } from "./property.ts";
import { shapeName } from "./protobuf-es-names.ts";
import { protobufEsProblems } from "./protobuf-es-problems.ts";
import { isWellKnownFile, type Position, shapeOf, wrappedScalar } from "./value-shape.ts";

/** Messages of protobuf-es 2: every syntax and edition. */
export function createProtobufEsModel(paths: ModelPaths): MessageModel {
  return {
    name: "protobuf-es",
    check: (file) => [...protobufEsProblems(file), ...propertyClashes(file, property)],
    // protoplugin knows where the well-known types are.
    type: (f, desc) =>
      isWellKnownFile(desc.file)
        ? f.importShape(desc)
        : f.import(shapeName(desc), `${paths.types(desc.file)}_pb.js`, true),
    property,
    read: (message, member) =>
      member.kind === "field" && hasPresence(member) && isInherited(property(member))
        ? `(${isSet(message, member)} ? ${access(message, property(member))} : undefined)`
        : access(message, property(member)),
    isSet,
    shape: (field) => shapeOf(field, form),
    mapForm: () => "object",
    oneof: {
      discriminator: "case",
      selected: (group) => `${group}.case`,
      none: "{ case: undefined }",
    },
    literal,
    binaryCodec: undefined,
  };
}

function property(member: DescField | DescOneof): string {
  return member.localName;
}

function hasPresence(field: DescField): boolean {
  return field.presence !== FeatureSet_FieldPresence.IMPLICIT;
}

function isSet(message: string, field: DescField): string {
  const name = property(field);
  const defined = `${access(message, name)} !== undefined`;
  const shadowed = literal(field.parent).inherited.includes(field) || isInherited(name);
  return shadowed
    ? `globalThis.Object.hasOwn(${message}, ${JSON.stringify(name)}) && ${defined}`
    : defined;
}

function form(message: DescMessage, position: Position): "plain" | "message" {
  if (message.typeName === "google.protobuf.Struct") {
    return "plain";
  }
  return wrappedScalar(message) !== undefined && position === "singular" ? "plain" : "message";
}

/**
 * As protobuf-es' `create`: beyond proto3, defaults of scalars and enums live
 * on the prototype, so that presence is an own property.
 */
function literal(message: DescMessage): MessageLiteral {
  const inherited =
    message.file.edition === Edition.EDITION_PROTO3
      ? []
      : message.fields.filter(
          (field) =>
            (field.fieldKind === "scalar" || field.fieldKind === "enum") &&
            field.oneof === undefined &&
            hasPresence(field),
        );
  return { typeName: message.typeName, inherited };
}
