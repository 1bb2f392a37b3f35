import type { DescFile } from "@bufbuild/protobuf";
import { messagesOf } from "../message-model/property.ts";
import type { ImportPaths } from "../options/import-paths.ts";
import type { Diagnostics } from "./diagnostics.ts";

/**
 * Reports fields with types of which there may be no table: those of packages,
 * whose codecs are functions unless they were generated for size themselves.
 */
export function checkTables(file: DescFile, paths: ImportPaths, diagnostics: Diagnostics): void {
  for (const field of messagesOf(file).flatMap((message) => message.fields)) {
    const type = field.message ?? field.enum;
    const from = type && paths.packageOf(type.file);
    if (type !== undefined && from !== undefined) {
      diagnostics.report(
        field,
        `${type.typeName} comes from the package "${from}", whose codecs are functions and no tables: generate ${type.file.proto.name} in the same run, or use the option optimize_for=speed`,
      );
    }
  }
}
