import { type DescField, type DescMessage, type DescOneof, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { access } from "../../message-model/property.ts";
import { hasPresence, zero } from "./blank.ts";
import { type CodecScope, codecName, fieldsName } from "./codec-scope.ts";
import { memberValue, valueWriter } from "./value-codec.ts";

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
  f.print`  if (${condition(scope, field, value)}) {`;
  f.print`    ${beginField(field)}`;
  f.print`    ${writeField(scope, field, value)};`;
  if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED) {
    f.print("  } else {");
    f.print`    ${beginField(field)}`;
    f.print('    output.refuse("required field is not set");');
  }
  f.print("  }");
}

/** Code that says which field the next value belongs to. */
function beginField(field: DescField): string {
  return `output.field(${fieldsName(field.parent)}, ${field.parent.fields.indexOf(field)});`;
}

function writeField(scope: CodecScope, field: DescField, value: string): Printable {
  const writer = valueWriter(scope, field);
  switch (field.fieldKind) {
    case "list":
      return [scope.helper("writeList"), `(${value}, output, `, writer.function, ")"];
    case "map": {
      const helper = scope.model.mapForm(field) === "Map" ? "writeMap" : "writeRecord";
      return [scope.helper(helper), `(${value}, output, `, writer.function, ")"];
    }
    default:
      return writer.call(value);
  }
}

/** Code that is true if a field outside a oneof has to be written. */
function condition(scope: CodecScope, field: DescField, value: string): Printable {
  return hasPresence(field)
    ? scope.model.isSet("message", field)
    : [differs(scope, field, value), " || output.emitsImplicit"];
}

/** Code that is true if a field without presence has another value than its default. */
function differs(scope: CodecScope, field: DescField, value: string): Printable {
  switch (field.fieldKind) {
    case "list":
      return `${value}.length > 0`;
    case "map":
      return scope.model.mapForm(field) === "Map"
        ? `${value}.size > 0`
        : [scope.helper("hasEntries"), `(${value})`];
  }
  switch (field.scalar) {
    case ScalarType.BYTES:
      return `${value}.length > 0`;
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      // Unlike zero, minus zero is written.
      return `!globalThis.Object.is(${value}, 0)`;
    default:
      return `${value} !== ${zero(scope, field)}`;
  }
}
