import type { DescFile, DescMessage, DescOneof } from "@bufbuild/protobuf";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { code, join } from "../../code.ts";
import { messagesOf } from "../../message-model/property.ts";
import type { FieldGroup, MessageRules } from "../../model/rules/check.ts";
import type { RuleBook } from "../../model/rules/rule-book.ts";
import type { EmitContext } from "../emit-context.ts";
import { printCel } from "./print-cel.ts";
import { isSet } from "./print-field.ts";
import { printFields } from "./print-fields.ts";
import { printViolation } from "./print-violation.ts";
import { oneofSite, requiredOneof } from "./rule-code.ts";
import { type ValidateScope, validatorName } from "./validate-scope.ts";
import { createValidatorModule } from "./validator-module.ts";

/** Prints `x.validate.ts`: a function for every message that has rules, or has messages with rules. */
export function emitValidate(
  f: GeneratedFile,
  file: DescFile,
  rules: RuleBook,
  { model, paths }: Pick<EmitContext, "model" | "paths">,
): void {
  const module = createValidatorModule(f, model);
  const scope: ValidateScope = { model, paths, module };
  for (const message of messagesOf(file)) {
    if (rules.hasRules(message)) {
      printValidator(scope, f, message, rules.rulesOf(message));
    }
  }
  module.print();
}

function printValidator(
  scope: ValidateScope,
  f: GeneratedFile,
  message: DescMessage,
  rules: MessageRules,
): void {
  const { module, model } = scope;
  const collector = f.import("ViolationCollector", "botwire/validate", true);
  module.function(
    (mentions) => {
      // Rules that any message keeps are none, but "noUnusedParameters" minds.
      const parameter = (name: string) => (mentions(name) ? name : `_${name}`);
      return [
        f.export("function", validatorName(message)),
        `(${parameter("message")}: `,
        model.type(f, message),
        `, ${parameter("violations")}: `,
        collector,
        "): void",
      ];
    },
    () => {
      printFields(scope, rules.fields);
      for (const check of rules.cel) {
        printCel(scope, check, "message", undefined);
      }
      for (const group of rules.groups) {
        printGroup(scope, group);
      }
      for (const oneof of rules.requiredOneofs) {
        printRequiredOneof(scope, oneof);
      }
    },
  );
}

function printGroup(scope: ValidateScope, { fields, required }: FieldGroup): void {
  const { module } = scope;
  const names = fields.map(({ name }) => name).join(", ");
  const rule = { id: "message.oneof", path: [], forKey: false };
  module.block([], () => {
    const count = fields.map((field) => code`globalThis.Number(${isSet(scope, field)})`);
    module.line(code`const set = ${join(count, " + ")};`);
    const many = { ...rule, message: `only one of ${names} can be set` };
    printViolation(scope, code`set > 1`, many, undefined);
    if (required) {
      const none = { ...rule, message: `one of ${names} must be set` };
      printViolation(scope, code`set === 0`, none, undefined);
    }
  });
}

function printRequiredOneof(scope: ValidateScope, oneof: DescOneof): void {
  const { model } = scope;
  const selected = model.oneof.selected(model.read("message", oneof));
  printViolation(scope, code`${selected} === undefined`, requiredOneof, oneofSite(oneof));
}
