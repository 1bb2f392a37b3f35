import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { key } from "../../message-model/property.ts";
import { qualifiedName } from "../qualified-name.ts";
import type { CodecScope } from "./codec-scope.ts";
import { scalarZero } from "./value-codec.ts";

/** Whether a field outside a oneof can be "not set", apart from its default. */
export function hasPresence(field: DescField): boolean {
  return (
    field.fieldKind !== "list" &&
    field.fieldKind !== "map" &&
    field.presence !== FeatureSet_FieldPresence.IMPLICIT
  );
}

/** Code for a member of a message that nothing was read for. */
export function blankMember(scope: CodecScope, member: DescField | DescOneof): Printable {
  if (member.kind === "oneof") {
    return scope.model.oneof.none;
  }
  if (member.fieldKind === "list") {
    return "[]";
  }
  if (member.fieldKind === "map") {
    return scope.model.mapForm(member) === "Map" ? "new globalThis.Map()" : "{}";
  }
  return hasPresence(member) ? "undefined" : zero(scope, member);
}

/** Code for the default of a singular scalar or enum without presence. */
export function zero(scope: CodecScope, field: DescField): string {
  const shape = scope.model.shape(field);
  switch (shape.kind) {
    case "scalar":
      return scalarZero(shape.scalar, shape.long);
    case "enum":
    case "nullValue":
      return String(shape.enum.values[0]?.number ?? 0);
    default:
      return "undefined";
  }
}

/**
 * Code for a message with the given members. Those whose defaults live on the
 * prototype have to be undefined as long as they are not set.
 */
export function messageLiteral(
  scope: CodecScope,
  message: DescMessage,
  value: (member: DescField | DescOneof) => Printable,
  indent: string,
): Printable {
  const { typeName, inherited } = scope.model.literal(message);
  const lines: Printable[] = [];
  if (typeName !== undefined) {
    lines.push([`${indent}  $typeName: ${stringLiteral(typeName)},\n`]);
  }
  for (const member of message.members) {
    lines.push([`${indent}  ${key(scope.model.property(member))}: `, value(member), ",\n"]);
  }
  const literal: Printable = lines.length === 0 ? "{}" : ["{\n", ...lines, `${indent}}`];
  return inherited.length === 0
    ? literal
    : [scope.helper("inherit"), "(", defaultsName(message), ", ", literal, ")"];
}

/** The name of the object that is the prototype of a message's values. */
export function defaultsName(message: DescMessage): string {
  return `defaults${qualifiedName(message)}`;
}
