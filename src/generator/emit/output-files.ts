import type { DescFile } from "@bufbuild/protobuf";
import type { GeneratedFile, Schema } from "@bufbuild/protoplugin";
import type { Diagnostics } from "../model/diagnostics.ts";
import { mergedFile } from "./merged-file.ts";

/** Prints a file that is generated from a .proto file: `.codec` for `x.codec.ts`. */
export type PrintFile = (
  source: DescFile,
  suffix: string,
  emit: (f: GeneratedFile) => void,
) => void;

/** Prints the files of a run, and reports .proto files that want to write the same one. */
export function createOutputFiles(schema: Schema, diagnostics: Diagnostics): PrintFile {
  const owners = new Map<string, DescFile>();
  return (source, suffix, emit) => {
    const name = `${source.name}${suffix}.ts`;
    const owner = owners.get(name);
    if (owner !== undefined) {
      diagnostics.report(
        source,
        `${owner.proto.name} and ${source.proto.name} would both be generated to ${name}: rename one of them`,
      );
    }
    owners.set(name, owner ?? source);
    const file = schema.generateFile(name);
    file.preamble(source);
    const merged = mergedFile(file);
    emit(merged.file);
    merged.flush();
  };
}
