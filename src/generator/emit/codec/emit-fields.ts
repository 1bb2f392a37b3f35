import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { stringLiteral } from "../../code.ts";
import { type CodecScope, fieldsName } from "./codec-scope.ts";

/** Prints the table with the fields of a message: their names in JSON. */
export function emitFields(scope: CodecScope, message: DescMessage): void {
  const { f } = scope;
  const names = message.fields.map(fieldName);
  const takingNull = message.fields.flatMap((field, i) => (takesNull(scope, field) ? [i] : []));
  const rest = takingNull.length === 0 ? "" : `, [${takingNull.join(", ")}]`;
  f.print`const ${fieldsName(message)} = /* @__PURE__ */ ${scope.helper("fieldTable")}([`;
  for (const name of names) {
    f.print(`  ${name},`);
  }
  f.print(`]${rest});`);
}

/** Whether JSON null is a value of the field, instead of meaning that it isn't set. */
export function acceptsNull(scope: CodecScope, field: DescField): boolean {
  if (field.fieldKind === "list" || field.fieldKind === "map") {
    return false;
  }
  const shape = scope.model.shape(field);
  return shape.kind === "nullValue" || (shape.kind === "wellKnown" && shape.type === "Value");
}

/** Whether the reader has to see a null: as a value, or because it chooses a oneof's member. */
function takesNull(scope: CodecScope, field: DescField): boolean {
  return acceptsNull(scope, field) || (field.oneof !== undefined && field.fieldKind !== "scalar");
}

function fieldName(field: DescField): string {
  const name = stringLiteral(field.name);
  return field.jsonName === usualJsonName(field.name)
    ? name
    : `[${name}, ${stringLiteral(field.jsonName)}]`;
}

/** What the run-time library makes of a name if the table doesn't say otherwise. */
function usualJsonName(name: string): string {
  return name.replace(/_+(.?)/gs, (_, char: string) => char.toUpperCase());
}
