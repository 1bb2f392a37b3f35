import {
  create,
  createFileRegistry,
  createRegistry,
  type DescFile,
  maximumEdition,
  minimumEdition,
} from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  CodeGeneratorResponse_Feature,
  CodeGeneratorResponseSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import type { Plugin } from "@bufbuild/protoplugin";
import { buildActionModel } from "../model/build-action-model.ts";
import { createDiagnostics, type Diagnostics } from "../model/diagnostics.ts";
import { isForeign } from "../model/foreign-file.ts";
import { createRuleBook } from "../model/rules/rule-book.ts";
import { parseSpecOptions, type SpecOptions } from "../options/spec-options.ts";
import { buildToolModel } from "../tool-model/build-tool-model.ts";
import { version } from "../version.ts";
import { emitCoze } from "./coze/emit-coze.ts";
import { emitDify } from "./dify/emit-dify.ts";
import type { Document, DocumentEmitter } from "./document.ts";
import { emitJsonSchema } from "./json-schema/emit-json-schema.ts";
import { emitMarkdown } from "./markdown/emit-markdown.ts";
import { emitMcp } from "./mcp/emit-mcp.ts";
import { emitOpenAi } from "./openai/emit-openai.ts";
import { emitOpenApi } from "./openapi/emit-openapi.ts";

const emitters: Readonly<Record<SpecOptions["target"][number], DocumentEmitter>> = {
  coze: emitCoze,
  dify: emitDify,
  mcp: emitMcp,
  openai: emitOpenAi,
  openapi: emitOpenApi,
  "json-schema": emitJsonSchema,
  markdown: emitMarkdown,
};

/**
 * Turns the descriptors of a code generator request into the documents that
 * platforms, models and people read.
 *
 * Throws an OptionError for options that it can't follow, and a
 * DiagnosticsError for what a platform can't express.
 */
export const protocGenBotwireSpec: Plugin = {
  name: "protoc-gen-botwire-spec",
  version,
  run(request) {
    const options = parseSpecOptions(request.parameter);
    const diagnostics = createDiagnostics();
    const documents = emit(request, options, diagnostics);
    diagnostics.throwIfAny();
    return create(CodeGeneratorResponseSchema, {
      supportedFeatures: BigInt(
        CodeGeneratorResponse_Feature.PROTO3_OPTIONAL |
          CodeGeneratorResponse_Feature.SUPPORTS_EDITIONS,
      ),
      minimumEdition,
      maximumEdition,
      file: documents.map(({ path, content }) => ({ name: path, content })),
    });
  },
};

function emit(
  request: CodeGeneratorRequest,
  options: SpecOptions,
  diagnostics: Diagnostics,
): Document[] {
  const allFiles = readFiles(request);
  const wanted = new Set(request.fileToGenerate);
  const files = allFiles.filter(
    (file) => wanted.has(file.proto.name) && !isForeign(file) && !isShipped(file),
  );
  const actions = buildActionModel(files, createRegistry(...allFiles), diagnostics);
  const rules = createRuleBook(allFiles, diagnostics);
  const model = buildToolModel(files, actions, rules, options.plugin, diagnostics);
  // What is wrong with the .proto files in general would be told once more by each target.
  diagnostics.throwIfAny();
  return options.target.flatMap((target) => emitters[target](model, options, diagnostics));
}

/** The contracts of botwire itself, which are in the inputs of no one else. */
function isShipped({ proto }: DescFile): boolean {
  return /^bot\.(action|coze)\.v\d+$/.test(proto.package);
}

/** The files of a request, those to generate with the options that only sources have. */
function readFiles(request: CodeGeneratorRequest): DescFile[] {
  const sources = new Map(request.sourceFileDescriptors.map((file) => [file.name, file]));
  const file = request.protoFile.map((proto) => sources.get(proto.name) ?? proto);
  return [...createFileRegistry(create(FileDescriptorSetSchema, { file })).files];
}
