import { protoCamelCase } from "@bufbuild/protobuf/reflect";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import type { MarkedField } from "../../model/mark-book.ts";
import type { EmitContext } from "../emit-context.ts";
import { schemaName } from "./contract-names.ts";

/** Prints which fields of a message are marked, as a member of its schema; nothing if none are. */
export function printMarks(
  f: GeneratedFile,
  member: "scan" | "secrets",
  fields: readonly MarkedField[],
  context: EmitContext,
): void {
  if (fields.length === 0) {
    return;
  }
  f.print`  ${member}: [`;
  for (const field of fields) {
    printField(f, field, member === "secrets", context);
  }
  f.print("  ],");
}

function printField(
  f: GeneratedFile,
  { field, below }: MarkedField,
  inJson: boolean,
  { model, paths }: EmitContext,
): void {
  f.print`    {`;
  f.print`      name: ${stringLiteral(field.name)},`;
  if (inJson && field.jsonName !== protoCamelCase(field.name)) {
    f.print`      json: ${stringLiteral(field.jsonName)},`;
  }
  f.print`      property: ${stringLiteral(model.property(field))},`;
  if (field.oneof !== undefined) {
    f.print`      group: ${stringLiteral(model.property(field.oneof))},`;
  }
  if (below !== undefined) {
    if (field.fieldKind === "map") {
      f.print`      map: true,`;
    }
    f.print`      message: () => ${f.import(schemaName(below), `${paths.actions(below.file)}.js`)},`;
  }
  f.print`    },`;
}
