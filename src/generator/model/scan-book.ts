import { type DescField, type DescMessage, type Registry, ScalarType } from "@bufbuild/protobuf";
import { anywhereBelow } from "./anywhere-below.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { readOption } from "./option-value.ts";

/** Which fields of a run's messages hold content that a scanner has to see. */
export interface ScanBook {
  /** The fields of a message that are scanned, or below which something is. */
  fieldsOf(message: DescMessage): readonly ScanField[];
}

/** A field that is scanned, or below which something is. */
export interface ScanField {
  readonly field: DescField;
  /** The message whose own fields say what is scanned; undefined if all of the field is. */
  readonly below: DescMessage | undefined;
}

const optionName = "bot.action.v1.field";

/** Reads the options of fields when they are asked for, and reports what is wrong with them. */
export function createScanBook(registry: Registry, diagnostics: Diagnostics): ScanBook {
  const marked = new Map<DescField, boolean>();

  function isMarked(field: DescField): boolean {
    let answer = marked.get(field);
    if (answer === undefined) {
      answer = readMark(field, registry, diagnostics);
      marked.set(field, answer);
    }
    return answer;
  }

  const hasScans = anywhereBelow(({ fields }, follow) =>
    fields.some((field) => {
      if (field.message !== undefined) {
        follow(field.message);
      }
      return isMarked(field);
    }),
  );

  return {
    fieldsOf: ({ fields }) =>
      fields.flatMap((field): ScanField[] => {
        if (isMarked(field)) {
          return [{ field, below: undefined }];
        }
        const below = field.message;
        return below !== undefined && hasScans(below) ? [{ field, below }] : [];
      }),
  };
}

function readMark(field: DescField, registry: Registry, diagnostics: Diagnostics): boolean {
  const option = readOption(field, optionName, ["scan"], registry, diagnostics);
  const scan = option?.fields.get("scan") === true;
  if (scan && !canHoldContent(field)) {
    diagnostics.report(
      field,
      `"${field.name}" holds neither text nor bytes, so there is nothing to scan: remove (${optionName}).scan`,
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
