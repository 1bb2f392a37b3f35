import type { DescFile } from "@bufbuild/protobuf";
import type { Schema } from "@bufbuild/protoplugin";
import { messagesOf } from "../message-model/property.ts";
import type { ActionModel } from "../model/action-model.ts";
import type { Diagnostics } from "../model/diagnostics.ts";
import type { RuleBook } from "../model/rules/rule-book.ts";
import { emitCodec } from "./codec/emit-codec.ts";
import { emitTables } from "./compact/emit-tables.ts";
import { checkContractNames } from "./contract/contract-names.ts";
import { emitConnect } from "./contract/emit-connect.ts";
import { emitContract } from "./contract/emit-contract.ts";
import type { EmitContext } from "./emit-context.ts";
import { createOutputFiles } from "./output-files.ts";
import { emitShape } from "./shape/emit-shape.ts";
import { emitValidate } from "./validate/emit-validate.ts";

/** Prints everything that is generated from the given files. */
export function emitFiles(
  schema: Schema,
  files: readonly DescFile[],
  actions: ActionModel,
  rules: RuleBook,
  context: EmitContext,
  diagnostics: Diagnostics,
): void {
  const print = createOutputFiles(schema, diagnostics);
  const services = Map.groupBy(actions.services, (service) => service.file);
  for (const file of files) {
    const own = services.get(file) ?? [];
    checkContractNames(file, own, diagnostics);
    const emit = context.isCompact ? emitTables : emitCodec;
    print(file, ".codec", (f) => emit(f, file, context));
    if (messagesOf(file).some(rules.hasRules)) {
      print(file, ".validate", (f) => emitValidate(f, file, rules, context));
    }
    if (messagesOf(file).length > 0) {
      print(file, ".shape", (f) => emitShape(f, file, context));
    }
    print(file, "", (f) => emitContract(f, file, own, context));
    if (own.length > 0) {
      print(file, ".connect", (f) => emitConnect(f, own, context));
    }
  }
}
