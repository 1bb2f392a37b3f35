import { createRegistry } from "@bufbuild/protobuf";
import { createEcmaScriptPlugin, type Plugin, type Schema } from "@bufbuild/protoplugin";
import { emitFiles } from "./emit/emit-files.ts";
import { messageModels } from "./message-model/create-message-model.ts";
import { buildActionModel } from "./model/build-action-model.ts";
import { checkFields } from "./model/check-fields.ts";
import { checkTables } from "./model/check-tables.ts";
import { createDiagnostics, type Diagnostics } from "./model/diagnostics.ts";
import { isForeign } from "./model/foreign-file.ts";
import { createRuleBook } from "./model/rules/rule-book.ts";
import { createScanBook } from "./model/scan-book.ts";
import { createSecretBook } from "./model/secret-book.ts";
import { createSkipBook } from "./model/skip-book.ts";
import {
  type BotwireOptions,
  parseBotwireOptions,
  protopluginParameter,
} from "./options/botwire-options.ts";
import { createImportPaths } from "./options/import-paths.ts";
import { version } from "./version.ts";

/** The plugin's name, as buf.gen.yaml and error messages have it. */
const name = "protoc-gen-botwire";

/**
 * Turns the descriptors of a code generator request into contracts, codecs
 * and validators.
 *
 * Throws an OptionError for options that it can't follow, and a
 * DiagnosticsError for .proto files that it can't generate.
 */
export const protocGenBotwire: Plugin = {
  name,
  version,
  run(request) {
    const options = parseBotwireOptions(request.parameter);
    const parameter = protopluginParameter(request.parameter, options);
    return createEcmaScriptPlugin({
      name,
      version,
      parseOptions: () => options,
      generateTs: generate,
    }).run({ ...request, parameter });
  },
};

function generate(schema: Schema<BotwireOptions>): void {
  const diagnostics = createDiagnostics();
  try {
    emit(schema, diagnostics);
  } catch (error) {
    // What is wrong with the .proto files explains why something else failed.
    diagnostics.throwIfAny();
    throw error;
  }
  diagnostics.throwIfAny();
}

function emit(schema: Schema<BotwireOptions>, diagnostics: Diagnostics): void {
  const files = schema.files.filter((file) => !isForeign(file));
  const paths = createImportPaths(schema.options, files);
  const model = messageModels[schema.options.model](paths);
  for (const problem of files.flatMap((file) => model.check(file))) {
    diagnostics.report(problem.desc, problem.message);
  }
  for (const file of files) {
    checkFields(file, diagnostics);
  }
  const registry = createRegistry(...schema.allFiles);
  const actions = buildActionModel(files, registry, diagnostics);
  const rules = createRuleBook(schema.allFiles, diagnostics);
  const scans = createScanBook(registry, diagnostics);
  const secrets = createSecretBook();
  const isSkipped = createSkipBook(registry, diagnostics);
  const isCompact = schema.options.optimize_for === "code_size";
  if (isCompact) {
    for (const file of files) {
      checkTables(file, paths, diagnostics);
    }
  }
  const { hasRules } = rules;
  const context = { model, paths, isCompact, version, hasRules, scans, secrets, isSkipped };
  emitFiles(schema, files, actions, rules, context, diagnostics);
}
