import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { access } from "../../message-model/property.ts";
import { hasPresence } from "./blank.ts";
import { type CodecScope, codecName, fieldsName } from "./codec-scope.ts";
import { memberValue, methodName, valueWriter, writtenScalar } from "./value-codec.ts";

/** Prints the function that writes a message as JSON. */
export function emitWriter(scope: CodecScope, message: DescMessage): void {
  const { f } = scope;
  const unused = message.fields.length === 0 ? "_" : "";
  f.print`${f.export("function", codecName("write", message))}(${unused}message: ${scope.type(message)}, output: ${scope.helperType("JsonOutput")}): void {`;
  f.print("  output.open();");
  for (const run of runs(message)) {
    if (run.oneof === undefined) {
      emitField(scope, run.field);
    } else {
      emitOneof(scope, run.oneof, run.fields);
    }
  }
  f.print("  output.close();");
  f.print("}");
}

type Run =
  | { readonly oneof: undefined; readonly field: DescField }
  | { readonly oneof: DescOneof; readonly fields: DescField[] };

/** Fields by number, as all libraries write them; neighbours of a oneof together. */
function runs(message: DescMessage): Run[] {
  const result: Run[] = [];
  for (const field of [...message.fields].sort((a, b) => a.number - b.number)) {
    const last = result.at(-1);
    if (field.oneof === undefined) {
      result.push({ oneof: undefined, field });
    } else if (last?.oneof === field.oneof) {
      last.fields.push(field);
    } else {
      result.push({ oneof: field.oneof, fields: [field] });
    }
  }
  return result;
}

function emitOneof(scope: CodecScope, oneof: DescOneof, fields: readonly DescField[]): void {
  const { f, model } = scope;
  const group = model.read("message", oneof);
  f.print`  switch (${model.oneof.selected(group)}) {`;
  for (const field of fields) {
    const value = memberValue(scope, field, `${group}.value`);
    f.print`    case ${stringLiteral(model.property(field))}:`;
    f.print`      ${beginField(field)}`;
    f.print`      ${valueWriter(scope, field).call(value)};`;
    f.print("      break;");
  }
  f.print("  }");
}

function emitField(scope: CodecScope, field: DescField): void {
  const { f, model } = scope;
  const value = access("message", model.property(field));
  const call = implicitCall(scope, field, value);
  if (call !== undefined) {
    f.print("  ", call, ";");
    return;
  }
  // Without presence, all that is left is a NullValue.
  const condition = hasPresence(field)
    ? model.isSet("message", field)
    : `${value} !== 0 || output.emitsImplicit`;
  f.print`  if (${condition}) {`;
  f.print`    ${beginField(field)}`;
  f.print`    ${valueWriter(scope, field).call(value)};`;
  if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED) {
    f.print("  } else {");
    f.print`    ${beginField(field)}`;
    f.print('    output.refuse("required field is not set");');
  }
  f.print("  }");
}

/** Code that says which field the next value belongs to. */
function beginField(field: DescField): string {
  return `output.field(${slot(field)});`;
}

/** The first arguments of what writes a field. */
function slot(field: DescField): string {
  return `${fieldsName(field.parent)}, ${field.parent.fields.indexOf(field)}`;
}

/**
 * Code that writes a field without presence, unless it has its default value;
 * undefined if there is no function for that.
 */
function implicitCall(scope: CodecScope, field: DescField, value: string): Printable | undefined {
  switch (field.fieldKind) {
    case "list":
      return writeCollection(scope, "writeList", field, value);
    case "map": {
      const helper = scope.model.mapForm(field) === "Map" ? "writeMap" : "writeRecord";
      return writeCollection(scope, helper, field, value);
    }
  }
  if (hasPresence(field)) {
    return undefined;
  }
  const shape = scope.model.shape(field);
  switch (shape.kind) {
    case "scalar":
      return `output.${methodName(writtenScalar(shape.scalar))}Field(${slot(field)}, ${value})`;
    case "enum":
      return [`output.enumField(${slot(field)}, ${value}, `, scope.values(shape.enum), ")"];
    default:
      return undefined;
  }
}

function writeCollection(
  scope: CodecScope,
  helper: string,
  field: DescField,
  value: string,
): Printable {
  const write = valueWriter(scope, field).function;
  return [scope.helper(helper), `(output, ${slot(field)}, ${value}, `, write, ")"];
}
