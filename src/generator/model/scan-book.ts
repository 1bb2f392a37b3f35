import { type DescField, type Registry, ScalarType } from "@bufbuild/protobuf";
import type { Diagnostics } from "./diagnostics.ts";
import { createMarkBook, type MarkBook } from "./mark-book.ts";
import { fieldMarks, fieldOption, readOption } from "./option-value.ts";

/** Finds the fields whose content a scanner has to see, and reports what is wrong with their options. */
export function createScanBook(registry: Registry, diagnostics: Diagnostics): MarkBook {
  return createMarkBook((field) => readMark(field, registry, diagnostics));
}

function readMark(field: DescField, registry: Registry, diagnostics: Diagnostics): boolean {
  const option = readOption(field, fieldOption, fieldMarks, registry, diagnostics);
  const scan = option?.fields.get("scan") === true;
  if (scan && !canHoldContent(field)) {
    diagnostics.report(
      field,
      `"${field.name}" holds neither text nor bytes, so there is nothing to scan: remove (${fieldOption}).scan`,
      option?.path("scan"),
    );
  }
  return scan;
}

/** Whether a field's values, elements or map values are text, bytes or messages. */
function canHoldContent(field: DescField): boolean {
  return (
    field.message !== undefined ||
    field.scalar === ScalarType.STRING ||
    field.scalar === ScalarType.BYTES
  );
}
