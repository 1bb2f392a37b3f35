import type { DescFile } from "@bufbuild/protobuf";
import type { Schema } from "@bufbuild/protoplugin";
import { messagesOf } from "../message-model/property.ts";
import type { ActionModel } from "../model/action-model.ts";
import type { Diagnostics } from "../model/diagnostics.ts";
import type { RuleBook } from "../model/rules/rule-book.ts";
import { emitCodec } from "./codec/emit-codec.ts";
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
  const open = createOutputFiles(schema, diagnostics);
  const services = Map.groupBy(actions.services, (service) => service.file);
  for (const file of files) {
    const own = services.get(file) ?? [];
    checkContractNames(file, own, diagnostics);
    emitCodec(open(file, ".codec"), file, context);
    if (messagesOf(file).some(rules.hasRules)) {
      emitValidate(open(file, ".validate"), file, rules, context);
    }
    if (messagesOf(file).length > 0) {
      emitShape(open(file, ".shape"), file, context);
    }
    emitContract(open(file, ""), file, own, context);
    if (own.length > 0) {
      emitConnect(open(file, ".connect"), own, context);
    }
  }
}
