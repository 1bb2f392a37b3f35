import {
  type DescField,
  type DescFile,
  type DescMessage,
  type DescOneof,
  ScalarType,
} from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { type Code, code, helper, stringLiteral } from "../../code.ts";
import { isInherited, messagesOf } from "../../message-model/property.ts";
import type { ValueShape } from "../../message-model/value-shape.ts";
import { createValidatorModule, type ValidatorModule } from "../validate/validator-module.ts";
import { checkName, fieldCheck, oneofCheck, type ShapeContext, scalarCheck } from "./check-code.ts";

/** Prints `x.shape.ts`: functions that hold values of unknown origin against messages. */
export function emitShape(f: GeneratedFile, file: DescFile, context: ShapeContext): void {
  const module = createValidatorModule(f, context.model);
  for (const message of messagesOf(file)) {
    printCheck(module, f, message, context);
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

function printMember(
  module: ValidatorModule,
  member: DescMessage["members"][number],
  context: ShapeContext,
): void {
  const { model } = context;
  const name = model.property(member);
  const literal = stringLiteral(name);
  const read = code`value[${literal}]`;
  const given = isInherited(name)
    ? code`(globalThis.Object.hasOwn(value, ${literal}) ? ${read} : undefined)`
    : read;
  const quick = member.kind === "field" ? quickTest(context, member, given) : undefined;
  const check =
    member.kind === "oneof" ? oneofCheck(context, member.fields) : fieldCheck(context, member);
  const method = isOptional(member, context) ? "optional" : "member";
  const call = code`shape.${method}(${literal}, ${given}, ${check});`;
  module.line(quick === undefined ? call : code`if (${quick}) ${call}`);
}

/** Whether a message is complete without the member. */
function isOptional(member: DescField | DescOneof, { model }: ShapeContext): boolean {
  if (member.kind === "oneof") {
    return model.oneof.none === "undefined";
  }
  return (
    member.presence !== FeatureSet_FieldPresence.IMPLICIT &&
    !model.literal(member.parent).inherited.includes(member)
  );
}

/** Code that is true if a value has another type, found in haste; the rest is found out without. */
function quickTest({ model }: ShapeContext, field: DescField, given: Code): Code | undefined {
  const shape = model.shape(field);
  switch (field.fieldKind) {
    case "list":
      return partsTest("isListOf", shape, given);
    case "map":
      return field.mapKey === ScalarType.STRING && model.mapForm(field) !== "Map"
        ? partsTest("isRecordOf", shape, given)
        : undefined;
    default:
      return valueTest(shape, given);
  }
}

function partsTest(test: string, shape: ValueShape, given: Code): Code | undefined {
  const type = shape.kind === "scalar" && plainTypes[scalarCheck(shape.scalar, shape.long)];
  return type ? code`!${helper(test)}(${given}, "${type}")` : undefined;
}

/** What `typeof` says of the values that need no other check. */
const plainTypes: Readonly<Record<string, string>> = {
  checkString: "string",
  checkBool: "boolean",
  checkNumber: "number",
};

function valueTest(shape: ValueShape, given: Code): Code | undefined {
  switch (shape.kind) {
    case "enum":
    case "nullValue":
      return code`!${helper("isInt32")}(${given})`;
    case "scalar":
      return scalarTest(scalarCheck(shape.scalar, shape.long), given);
    default:
      return undefined;
  }
}

function scalarTest(check: string, given: Code): Code | undefined {
  const type = plainTypes[check];
  if (type !== undefined) {
    return code`typeof ${given} !== "${type}"`;
  }
  switch (check) {
    case "checkInt32":
      return code`!${helper("isInt32")}(${given})`;
    case "checkUint32":
      return code`!${helper("isUint32")}(${given})`;
    default:
      return undefined;
  }
}
