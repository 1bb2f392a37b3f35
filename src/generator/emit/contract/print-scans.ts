import type { DescMessage } from "@bufbuild/protobuf";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import type { ScanField } from "../../model/scan-book.ts";
import type { EmitContext } from "../emit-context.ts";
import { schemaName } from "./contract-names.ts";

/** Prints which fields of a message a scanner has to see, if there are any. */
export function printScans(f: GeneratedFile, message: DescMessage, context: EmitContext): void {
  const fields = context.scans.fieldsOf(message);
  if (fields.length === 0) {
    return;
  }
  f.print("  scan: [");
  for (const field of fields) {
    printField(f, field, context);
  }
  f.print("  ],");
}

function printField(f: GeneratedFile, { field, below }: ScanField, context: EmitContext): void {
  const { model, paths } = context;
  f.print`    {`;
  f.print`      name: ${stringLiteral(field.name)},`;
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
