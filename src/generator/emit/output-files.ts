import type { DescFile } from "@bufbuild/protobuf";
import type { GeneratedFile, Schema } from "@bufbuild/protoplugin";
import type { Diagnostics } from "../model/diagnostics.ts";

/** Opens the files that are generated from a .proto file: `.codec` for `x.codec.ts`. */
export type OpenFile = (source: DescFile, suffix: string) => GeneratedFile;

/** Opens files of a run, and reports .proto files that want to write the same one. */
export function createOutputFiles(schema: Schema, diagnostics: Diagnostics): OpenFile {
  const owners = new Map<string, DescFile>();
  return (source, suffix) => {
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
    return file;
  };
}
