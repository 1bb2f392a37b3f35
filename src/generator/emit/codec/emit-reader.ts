import { type DescField, type DescMessage, type DescOneof, ScalarType } from "@bufbuild/protobuf";
import type { Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { access } from "../../message-model/property.ts";
import { blankMember, messageLiteral } from "./blank.ts";
import { type CodecScope, codecName, fieldsName } from "./codec-scope.ts";
import { acceptsNull } from "./emit-fields.ts";
import { scalarName, valueReader } from "./value-codec.ts";

/** Prints the function that reads a message from JSON. */
export function emitReader(scope: CodecScope, message: DescMessage): void {
  const { f } = scope;
  const type = scope.type(message);
  const fields = fieldsName(message);
  f.print`${f.export("function", codecName("read", message))}(input: ${scope.helperType("JsonInput")}): ${type} {`;
  f.print`  const message: ${type} = ${messageLiteral(scope, message, (member) => blankMember(scope, member), "  ")};`;
  for (const oneof of message.oneofs) {
    f.print`  let ${chosenName(oneof)} = "";`;
  }
  if (message.fields.length === 0) {
    // Without known fields there is none to go to.
    f.print`  input.open(${fields});`;
  } else {
    f.print`  for (let field = input.open(${fields}); field >= 0; field = input.next(${fields}, field)) {`;
    f.print("    switch (field) {");
    for (const [index, field] of message.fields.entries()) {
      emitCase(scope, field, index);
    }
    f.print("    }");
    f.print("  }");
  }
  f.print("  return message;");
  f.print("}");
}

function emitCase(scope: CodecScope, field: DescField, index: number): void {
  const { f } = scope;
  if (scope.isSkipped(field)) {
    f.print`      case ${index}:`;
    f.print("        input.skip();");
    f.print("        break;");
    return;
  }
  const lines = readField(scope, field);
  // A block for the constants in it.
  const block =
    scope.model.shape(field).kind === "enum" || scope.model.shape(field).kind === "nullValue";
  f.print`      case ${index}:${block ? " {" : ""}`;
  for (const line of lines) {
    f.print("        ", line);
  }
  f.print("        break;");
  if (block) {
    f.print("      }");
  }
}

function readField(scope: CodecScope, field: DescField): Printable[] {
  const { model } = scope;
  if (field.oneof === undefined) {
    const target = access("message", model.property(field));
    return assignment(scope, field, (value) => [target, " = ", value, ";"]);
  }
  const chosen = chosenName(field.oneof);
  const name = stringLiteral(model.property(field));
  const target = access("message", model.property(field.oneof));
  const read = assignment(scope, field, (value) => [
    target,
    ` = { ${model.oneof.discriminator}: ${name}, value: `,
    value,
    " };",
  ]);
  const choose = `${chosen} = input.choose(${chosen}, ${stringLiteral(field.jsonName)});`;
  // Null leaves a scalar out, but chooses a message or enum and unsets it.
  return field.fieldKind === "scalar" || acceptsNull(scope, field)
    ? [choose, ...read]
    : [choose, "if (!input.isNull()) {", ...read.map((line) => ["  ", line]), "}"];
}

/** The variable with the name of the member that chose a oneof. */
function chosenName(oneof: DescOneof): string {
  const index = oneof.parent.oneofs.indexOf(oneof);
  return index === 0 ? "chosen" : `chosen${index + 1}`;
}

/** Lines that read the field and assign it. */
function assignment(
  scope: CodecScope,
  field: DescField,
  assign: (value: Printable) => Printable,
): Printable[] {
  if (field.fieldKind === "list" || field.fieldKind === "map") {
    return [assign(readCollection(scope, field))];
  }
  const value = valueReader(scope, field).call("");
  const { kind } = scope.model.shape(field);
  if (kind !== "enum" && kind !== "nullValue") {
    return [assign(value)];
  }
  return [
    ["const number = ", value, ";"],
    "if (number !== undefined) {",
    ["  ", assign("number")],
    "}",
  ];
}

function readCollection(scope: CodecScope, field: DescField): Printable {
  const element = valueReader(scope, field).function;
  if (field.fieldKind !== "map") {
    return [scope.helper("readList"), "(input, ", element, ")"];
  }
  const map = scope.model.mapForm(field) === "Map";
  if (field.mapKey === ScalarType.STRING && !map) {
    return [scope.helper("readRecord"), "(input, ", element, ")"];
  }
  return [
    scope.helper(map ? "readMap" : "readKeyedRecord"),
    "(input, ",
    scope.helper(`${scalarName(field.mapKey).toLowerCase()}Key`),
    ", ",
    element,
    ")",
  ];
}
