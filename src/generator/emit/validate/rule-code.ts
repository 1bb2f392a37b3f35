import type { DescField, DescOneof } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { FieldRulesSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { type Code, code, stringLiteral } from "../../code.ts";
import type { PathStep, RuleInfo } from "../../model/rules/check.ts";

/** The field that violations are about, as generated code names it. */
export interface FieldSite {
  /** The step to the field, as `siteOf` of the run-time helpers reads it. */
  readonly step: string;
  /** Code for which part of the field it is. */
  readonly subscript?: Code;
}

/** Code for a site: a field, if the rule isn't about the whole message, and the rule. */
export function siteCode({ id, path }: RuleInfo, field: FieldSite | undefined): string {
  const rule = path.map(stepText).join("/");
  // Most ids are the end of the path, and needn't be printed.
  const end = path.slice(-2).map(({ name }) => name);
  const known = path.length > 0 && end.join(".") === id;
  const parts = [field?.step ?? "", rule, ...(known ? [] : [id])];
  return stringLiteral(parts.join("|"));
}

/** Code for the place of a field, without a rule. */
export function fieldCode({ step, subscript }: FieldSite): Code {
  const site = stringLiteral(step);
  return subscript === undefined ? code`${site}` : code`${site}, ${subscript}`;
}

/** `required`: a field must be set. */
export const required: RuleInfo = {
  id: "required",
  message: "value is required",
  path: [stepOf(FieldRulesSchema.field.required)],
  forKey: false,
};

/** `required` of a oneof: one of its fields must be set. */
export const requiredOneof: RuleInfo = {
  id: "required",
  message: "exactly one field is required in oneof",
  path: [],
  forKey: false,
};

/** The place of a field. */
export function fieldSite(field: DescField): FieldSite {
  const isGroup = field.fieldKind === "message" && field.delimitedEncoding;
  const type = isGroup ? FieldDescriptorProto_Type.GROUP : field.proto.type;
  return { step: stepText({ number: field.number, name: field.name, type }) };
}

/** The place of a oneof, which has only a name. */
export function oneofSite(oneof: DescOneof): FieldSite {
  return { step: oneof.name };
}

/** The place of a part of a list or map, which `step` names. */
export function partSite(
  { step }: FieldSite,
  kind: "index" | "boolKey" | "intKey" | "uintKey" | "stringKey",
  value: Code,
): FieldSite {
  return { step, subscript: code`{ kind: "${kind}", value: ${value} }` };
}

function stepOf({ number, name, proto }: DescField): PathStep {
  return { number, name, type: proto.type };
}

/** No name in a .proto begins with a digit, or has a ":", "/" or "|". */
function stepText({ number, name, type, index }: PathStep): string {
  const isPlain = type === FieldDescriptorProto_Type.MESSAGE && index === undefined;
  const parts = [`${number}${name}`, ...(isPlain ? [] : [type])];
  return [...parts, ...(index === undefined ? [] : [index])].join(":");
}
