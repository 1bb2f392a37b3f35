import type { DescOneof } from "@bufbuild/protobuf";
import { code } from "../../code.ts";
import type { FieldRules } from "../../model/rules/check.ts";
import { printField } from "./print-field.ts";
import type { ValidateScope } from "./validate-scope.ts";

/** Prints the checks of a message's fields, in their order. */
export function printFields(scope: ValidateScope, fields: readonly FieldRules[]): void {
  const { module, model } = scope;
  for (const { oneof, members } of runsOf(fields)) {
    const print = () => {
      for (const member of members) {
        printField(scope, member);
      }
    };
    if (oneof === undefined || members.length === 1) {
      print();
    } else {
      // V8 compares a name by its identity as long as nothing else was in its place.
      const selected = model.oneof.selected(model.read("message", oneof));
      module.block(code`if (${selected} !== undefined)`, print);
    }
  }
}

/** Fields that follow each other, and are only checked if they are what a oneof selects. */
interface Run {
  readonly oneof: DescOneof | undefined;
  readonly members: FieldRules[];
}

function runsOf(fields: readonly FieldRules[]): Run[] {
  const runs: Run[] = [];
  for (const rules of fields) {
    const oneof = rules.onlyIfSet && !rules.required ? rules.field.oneof : undefined;
    const last = runs.at(-1);
    if (oneof !== undefined && last?.oneof === oneof) {
      last.members.push(rules);
    } else {
      runs.push({ oneof, members: [rules] });
    }
  }
  return runs;
}
