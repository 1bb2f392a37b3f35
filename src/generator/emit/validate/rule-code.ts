import type { DescField, DescOneof } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { FieldRulesSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { type Code, code, helper, join, stringLiteral } from "../../code.ts";
import type { PathStep, RuleInfo } from "../../model/rules/check.ts";
import { constant } from "./literal.ts";

/** The constant for what a violation says about a rule. */
export function ruleCode({ id, message, path, forKey }: RuleInfo): Code {
  const steps = path.map((step) => stepCode(step));
  // Most ids are the end of the path, and needn't be printed.
  const end = path.slice(-2).map(({ name }) => name);
  const isPlain = path.length > 0 && end.join(".") === id;
  const texts = (isPlain ? [message] : [id, message]).map((text) => code`${stringLiteral(text)}`);
  const maker = helper(isPlain ? "rule" : "namedRule");
  const made = code`${maker}(${join([...texts, ...steps], ", ")})`;
  const value = forKey ? code`${helper("forKeys")}(${made})` : made;
  return code`${constant(camelCase(id), value)}`;
}

/** `required`: a field must be set. */
export const required: Code = ruleCode({
  id: "required",
  message: "value is required",
  path: [stepOf(FieldRulesSchema.field.required)],
  forKey: false,
});

/** `required` of a oneof: one of its fields must be set. */
export const requiredOneof: Code = ruleCode({
  id: "required",
  message: "exactly one field is required in oneof",
  path: [],
  forKey: false,
});

/** The constant for the step to a field, as the path of a violation has it. */
export function fieldCode(field: DescField): Code {
  const isGroup = field.fieldKind === "message" && field.delimitedEncoding;
  const type = isGroup ? FieldDescriptorProto_Type.GROUP : field.proto.type;
  return stepCode({ number: field.number, name: field.name, type });
}

function stepOf({ number, name, proto }: DescField): PathStep {
  return { number, name, type: proto.type };
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
