import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { code, helper, stringLiteral } from "../../code.ts";
import { messagesOf } from "../../message-model/property.ts";
import { createValidatorModule, type ValidatorModule } from "../validate/validator-module.ts";
import { checkName, fieldCheck, isOptional, oneofCheck, type ShapeContext } from "./check-code.ts";
import { memberTest, memberValue, messageTests, quickName } from "./quick-test.ts";

/** Prints `x.shape.ts`: functions that hold values of unknown origin against messages. */
export function emitShape(f: GeneratedFile, file: DescFile, context: ShapeContext): void {
  const module = createValidatorModule(f, context.model);
  for (const message of messagesOf(file)) {
    printCheck(module, f, message, context);
    printQuickTest(module, f, message, context);
  }
  module.print();
}

function printCheck(
  module: ValidatorModule,
  f: GeneratedFile,
  message: DescMessage,
  context: ShapeContext,
): void {
  const collector = f.import("ShapeCollector", "botwire/validate", true);
  const name = checkName(message);
  const head = [f.export("function", name), "(value: unknown, shape: ", collector, "): void"];
  module.function(
    () => head,
    () => {
      module.block(code`if (!${helper("isRecord")}(value))`, () => {
        module.line(code`shape.wrong(value, "an object");`);
        module.line(code`return;`);
      });
      const { typeName } = context.model.literal(message);
      if (typeName !== undefined) {
        const given = code`value["$typeName"]`;
        const literal = stringLiteral(typeName);
        module.line(code`if (${given} !== ${literal}) shape.typeName(${given}, ${literal});`);
      }
      for (const member of message.members) {
        printMember(module, member, context);
      }
    },
  );
}

/** Prints the function by which messages around this one test it in haste. */
function printQuickTest(
  module: ValidatorModule,
  f: GeneratedFile,
  message: DescMessage,
  context: ShapeContext,
): void {
  const tests = messageTests(context, message);
  if (tests === undefined) {
    return;
  }
  module.function(
    () => [f.export("function", quickName(message)), "(value: unknown): boolean"],
    () => {
      tests.forEach((test, i) => {
        const end = i === tests.length - 1 ? ";" : "";
        module.line(i === 0 ? code`return ${test}${end}` : code`  && ${test}${end}`);
      });
    },
  );
}

function printMember(
  module: ValidatorModule,
  member: DescMessage["members"][number],
  context: ShapeContext,
): void {
  const literal = stringLiteral(context.model.property(member));
  const given = memberValue(context, member);
  const quick = memberTest(context, member);
  const check =
    member.kind === "oneof" ? oneofCheck(context, member.fields) : fieldCheck(context, member);
  const method = isOptional(member, context) ? "optional" : "member";
  const call = code`shape.${method}(${literal}, ${given}, ${check});`;
  module.line(quick === undefined ? call : code`if (${quick.fails}) ${call}`);
}
