import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { stringLiteral } from "../../code.ts";
import { type CodecScope, codecName, fieldNames } from "./codec-scope.ts";

/** Prints the table that says how the texts of a message's parameters are read. */
export function emitParams(scope: CodecScope, message: DescMessage): void {
  const { f } = scope;
  const kinds = [
    list("bool", message.fields.filter(isBool)),
    list("json", message.fields.filter(isJson)),
    required(message.fields.filter(isRequired)),
  ].filter((kind) => kind !== undefined);
  const table = kinds.length === 0 ? "{}" : `{\n${kinds.map((kind) => `  ${kind},\n`).join("")}}`;
  f.print`${f.export("const", codecName("params", message))}: ${scope.helperType("ParamKinds")} = ${table};`;
}

function list(kind: string, fields: readonly DescField[]): string | undefined {
  return fields.length === 0 ? undefined : `${kind}: ${names(fields.flatMap(fieldNames))}`;
}

function required(fields: readonly DescField[]): string | undefined {
  return fields.length === 0
    ? undefined
    : `required: [${fields.map((field) => names(fieldNames(field))).join(", ")}]`;
}

function names(values: readonly string[]): string {
  return `[${values.map(stringLiteral).join(", ")}]`;
}

function isBool(field: DescField): boolean {
  return field.fieldKind === "scalar" && field.scalar === ScalarType.BOOL;
}

function isJson(field: DescField): boolean {
  return (
    (field.fieldKind !== "scalar" && field.fieldKind !== "enum") ||
    field.enum?.typeName === "google.protobuf.NullValue"
  );
}

function isRequired(field: DescField): boolean {
  return field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED;
}
