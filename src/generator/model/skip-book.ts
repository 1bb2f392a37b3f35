import { type DescField, hasOption, type Registry } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { field as rules } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { Diagnostics } from "./diagnostics.ts";
import { fieldMarks, fieldOption, readOption } from "./option-value.ts";

/** Tells which fields readers leave out, and reports what is wrong with that. */
export type IsSkipped = (field: DescField) => boolean;

/** Reads the option when it is asked. */
export function createSkipBook(registry: Registry, diagnostics: Diagnostics): IsSkipped {
  return (field) => {
    const option = readOption(field, fieldOption, fieldMarks, registry, diagnostics);
    if (option?.fields.get("skip") !== true) {
      return false;
    }
    const reason = neededFor(field, option.fields.get("scan") === true);
    if (reason !== undefined) {
      diagnostics.report(
        field,
        `"${field.name}" can't be skipped: ${reason}. Remove (${fieldOption}).skip, or that`,
        option.path("skip"),
      );
    }
    return true;
  };
}

/** Why somebody has to know the value; undefined if nobody does. */
function neededFor(field: DescField, isScanned: boolean): string | undefined {
  if (hasOption(field, rules)) {
    return "it has rules, which have to be checked";
  }
  if (isScanned) {
    return "it has content to scan";
  }
  if (field.oneof !== undefined) {
    return `it is a member of the oneof "${field.oneof.name}", and would choose it`;
  }
  return field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED ? "it is required" : undefined;
}
