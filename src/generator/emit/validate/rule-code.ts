import type { DescField, DescOneof } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { type Code, code, helper, join, stringLiteral } from "../../code.ts";
import type { PathStep, RuleInfo } from "../../model/rules/check.ts";
import { constant } from "./literal.ts";

/** The constant for what a violation says about a rule. */
export function ruleCode({ id, message, path, forKey }: RuleInfo): Code {
  const make = helper(forKey ? "keyRule" : "rule");
  const parts = [
    code`${stringLiteral(id)}`,
    code`${stringLiteral(message)}`,
    ...path.map((step) => stepCode(step)),
  ];
  return code`${constant(camelCase(id), code`${make}(${join(parts, ", ")})`)}`;
}

/** The constant for the step to a field, as the path of a violation has it. */
export function fieldCode(field: DescField): Code {
  const isGroup = field.fieldKind === "message" && field.delimitedEncoding;
  const type = isGroup ? FieldDescriptorProto_Type.GROUP : field.proto.type;
  return stepCode({ number: field.number, name: field.name, type });
}

/** The constant for a oneof, which has only a name. */
export function oneofCode(oneof: DescOneof): Code {
  return code`${constant(camelCase(oneof.name), code`{ fieldName: ${stringLiteral(oneof.name)} }`)}`;
}

function stepCode({ number, name, type, index }: PathStep): Code {
  const made = code`${helper("field")}(${number}, ${stringLiteral(name)}, ${type})`;
  const step = code`${constant(camelCase(name), made)}`;
  return index === undefined ? step : code`${helper("itemOf")}(${step}, ${index})`;
}

/** A readable name for a constant; ids and names are any text. */
function camelCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const name = words
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  return name.length > 40 ? name.slice(0, 40) : name || "rule";
}
