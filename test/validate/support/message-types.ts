import { spawnSync } from "node:child_process";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponseSchema,
  type FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import type { ModuleFolder } from "./module-folder.ts";

/** The options that botwire's documentation fixes for ts-proto. */
const tsProtoOptions = [
  "forceLong=bigint",
  "useDate=false",
  "oneof=unions-value",
  "unrecognizedEnum=false",
  "enumsAsLiterals=true",
  "useOptionals=messages",
  "outputJsonMethods=false",
  "outputServices=none",
  "esModuleInterop=true",
  "importSuffix=.ts",
  "Mgoogle/protobuf/descriptor.proto=unused",
  "Mbuf/validate/validate.proto=unused",
];

const esOptions = [
  "target=ts",
  "import_extension=ts",
  "erasable_syntax=true",
  "map_imports=buf/validate/validate.proto:@bufbuild/protovalidate/gen",
];

/** Writes the message types of files as a library prints them. */
export function writeMessageTypes(
  folder: ModuleFolder,
  library: "ts-proto" | "protobuf-es",
  files: readonly FileDescriptorProto[],
  fileToGenerate: readonly string[],
): void {
  const [command, options, out] =
    library === "ts-proto"
      ? (["protoc-gen-ts_proto", tsProtoOptions, "types"] as const)
      : (["protoc-gen-es", esOptions, "es"] as const);
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: [...fileToGenerate],
    parameter: options.join(","),
    protoFile: [...files],
    sourceFileDescriptors: files.filter(({ name }) => fileToGenerate.includes(name)),
  });
  const { status, stdout, stderr } = spawnSync(command, {
    input: toBinary(CodeGeneratorRequestSchema, request),
    maxBuffer: 1 << 28,
  });
  if (status !== 0) {
    throw new Error(`${command}: ${stderr}`);
  }
  const response = fromBinary(CodeGeneratorResponseSchema, stdout);
  if (response.error !== "") {
    throw new Error(`${command}: ${response.error}`);
  }
  for (const { name, content } of response.file) {
    folder.write(`${out}/${name}`, content);
  }
}
