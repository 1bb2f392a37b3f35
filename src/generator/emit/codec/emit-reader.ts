import { type DescField, type DescMessage, type DescOneof, ScalarType } from "@bufbuild/protobuf";
import type { Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { access } from "../../message-model/property.ts";
import { blankMember, messageLiteral } from "./blank.ts";
import { type CodecScope, codecName, fieldNames } from "./codec-scope.ts";
import { scalarName, valueReader } from "./value-codec.ts";

/** Prints the function that reads a message from JSON. */
export function emitReader(scope: CodecScope, message: DescMessage): void {
  const { f } = scope;
  const type = scope.type(message);
  const state = readerState(message);
  f.print`${f.export("function", codecName("read", message))}(json: unknown, input: ${scope.helperType("JsonReader")}): ${type} {`;
  f.print`  const message: ${type} = ${messageLiteral(scope, message, (member) => blankMember(scope, member), "  ")};`;
  for (const declaration of state.declarations) {
    f.print`  ${declaration}`;
  }
  f.print("  const members = input.open(json);");
  f.print("  for (const key in members) {");
  if (message.fields.length === 0) {
    f.print("    input.unknown(members[key]);");
  } else {
    f.print("    const value = members[key];");
    f.print("    switch (key) {");
    const labels = caseLabels(message);
    for (const field of message.fields) {
      emitCase(scope, field, labels.get(field) ?? [], state);
    }
    f.print("      default:");
    f.print("        input.unknown(value);");
    f.print("    }");
  }
  f.print("    input.at(key);");
  f.print("  }");
  f.print("  input.close();");
  f.print("  return message;");
  f.print("}");
}

/** What a reader keeps in local variables to tell that a field or oneof is set twice. */
interface ReaderState {
  readonly declarations: readonly string[];
  /** The code that marks a field which has two names. */
  mark(field: DescField): string | undefined;
  /** The variable with the key that selected a member of the oneof. */
  selected(oneof: DescOneof): string;
}

function readerState(message: DescMessage): ReaderState {
  const twoNames = message.fields.filter((field) => fieldNames(field).length > 1);
  // Bit sets, each as large as an integer that needs no heap.
  const words = Math.ceil(twoNames.length / 30);
  const seen = (word: number) => (word === 0 ? "seen" : `seen${word + 1}`);
  const selected = (oneof: DescOneof) => {
    const index = message.oneofs.indexOf(oneof);
    return index === 0 ? "selected" : `selected${index + 1}`;
  };
  return {
    declarations: [
      ...Array.from({ length: words }, (_, word) => `let ${seen(word)} = 0;`),
      ...message.oneofs.map((oneof) => `let ${selected(oneof)} = "";`),
    ],
    mark(field) {
      const index = twoNames.indexOf(field);
      const word = seen(Math.floor(index / 30));
      return index < 0 ? undefined : `${word} = input.once(${word}, ${1 << (index % 30)});`;
    },
    selected,
  };
}

/** The names by which each field is read. If two fields share one, the later field has it. */
function caseLabels(message: DescMessage): ReadonlyMap<DescField, readonly string[]> {
  const owners = new Map<string, DescField>();
  for (const field of message.fields) {
    for (const name of fieldNames(field)) {
      owners.set(name, field);
    }
  }
  const labels = new Map<DescField, string[]>();
  for (const [name, field] of owners) {
    labels.set(field, [...(labels.get(field) ?? []), name]);
  }
  return labels;
}

function emitCase(
  scope: CodecScope,
  field: DescField,
  labels: readonly string[],
  state: ReaderState,
): void {
  const { f } = scope;
  if (labels.length === 0) {
    return;
  }
  for (const label of labels.slice(0, -1)) {
    f.print`      case ${stringLiteral(label)}:`;
  }
  const body = [...readField(scope, field, state)];
  f.print`      case ${stringLiteral(labels.at(-1) ?? "")}: {`;
  const mark = state.mark(field);
  if (mark !== undefined) {
    f.print`        ${mark}`;
  }
  for (const line of body) {
    f.print("        ", line);
  }
  f.print("        break;");
  f.print("      }");
}

function* readField(scope: CodecScope, field: DescField, state: ReaderState): Generator<Printable> {
  const { model } = scope;
  const nullable = acceptsNull(scope, field);
  if (field.oneof === undefined) {
    const target = access("message", model.property(field));
    yield* guarded(
      !nullable,
      assignment(scope, field, (value) => [target, " = ", value, ";"]),
    );
    return;
  }
  const variable = state.selected(field.oneof);
  const target = access("message", model.property(field.oneof));
  const select = `${variable} = input.select(${variable}, key);`;
  const literal = (value: Printable): Printable => [
    target,
    ` = { ${model.oneof.discriminator}: ${stringLiteral(model.property(field))}, value: `,
    value,
    " };",
  ];
  const read = assignment(scope, field, literal);
  // A null leaves a scalar out, but chooses a message or enum and unsets it.
  if (field.fieldKind === "scalar") {
    yield* guarded(true, [select, ...read]);
  } else {
    yield select;
    yield* guarded(!nullable, read);
  }
}

function guarded(guard: boolean, lines: readonly Printable[]): Printable[] {
  return guard ? ["if (value !== null) {", ...lines.map((line) => ["  ", line]), "}"] : [...lines];
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
  const value = valueReader(scope, field).call("value");
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
    return [scope.helper("readList"), "(value, input, ", element, ")"];
  }
  const map = scope.model.mapForm(field) === "Map";
  if (field.mapKey === ScalarType.STRING && !map) {
    return [scope.helper("readRecord"), "(value, input, ", element, ")"];
  }
  return [
    scope.helper(map ? "readMap" : "readKeyedRecord"),
    "(value, input, ",
    scope.helper(`${scalarName(field.mapKey).toLowerCase()}Key`),
    ", ",
    element,
    ")",
  ];
}

/** Whether JSON null is a value of the field, instead of meaning that it isn't set. */
function acceptsNull(scope: CodecScope, field: DescField): boolean {
  if (field.fieldKind === "list" || field.fieldKind === "map") {
    return false;
  }
  const shape = scope.model.shape(field);
  return shape.kind === "nullValue" || (shape.kind === "wellKnown" && shape.type === "Value");
}
