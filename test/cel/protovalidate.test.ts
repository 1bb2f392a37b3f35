import {
  create,
  createFileRegistry,
  type DescExtension,
  type DescField,
  type DescMessage,
  getExtension,
  getOption,
  hasExtension,
  hasOption,
  isFieldSet,
  isMessage,
  type Message,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import {
  type FieldRules,
  FieldRulesSchema,
  field as fieldOption,
  message as messageOption,
  predefined,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { describe, expect, it } from "vitest";
import {
  type CelRuleSubject,
  compileRule,
  type PredefinedVariables,
} from "../../src/generator/cel/compile-rule.ts";
import { createProtobufEsModel } from "../../src/generator/message-model/protobuf-es.ts";
import { readFiles } from "../conformance/protovalidate/conformance-case.ts";

type Part = Extract<CelRuleSubject, { kind: "field" }>["part"];

const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: readFiles() }));
const extensions = [...registry].filter((type) => type.kind === "extension");
const messages = [...registry].filter((type) => type.kind === "message");

const model = createProtobufEsModel({ types: () => "" });
const compiled = new Set<string>();
const refused = new Map<string, string>();

function compile(expression: string, subject: CelRuleSubject, variables?: PredefinedVariables) {
  const source = { expression, subject, ...(variables ? { predefined: variables } : {}) };
  const result = compileRule(source, { model, self: "self", now: "now" });
  if (result.kind === "rule") {
    compiled.add(expression);
  } else {
    refused.set(expression, result.problems.map(({ message }) => message).join("; "));
  }
}

/** Compiles all rules of a field, or of its elements, keys or values. */
function compileRules(rules: FieldRules, field: DescField, part: Part): void {
  const subject = { kind: "field", field, part } as const;
  for (const { expression } of rules.cel) {
    compile(expression, subject);
  }
  for (const expression of rules.celExpression) {
    compile(expression, subject);
  }
  const { type } = rules;
  if (type.case === "repeated" && type.value.items !== undefined) {
    compileRules(type.value.items, field, "element");
  }
  if (type.case === "map") {
    for (const [inner, of] of [
      [type.value.keys, "key"],
      [type.value.values, "value"],
    ] as const) {
      if (inner !== undefined) {
        compileRules(inner, field, of);
      }
    }
  }
  const rule = type.case === undefined ? undefined : FieldRulesSchema.field[type.case];
  if (rule?.message !== undefined && isMessage(type.value)) {
    compilePredefined(rule.message, type.value, subject);
  }
}

function compilePredefined(desc: DescMessage, rules: Message, subject: CelRuleSubject): void {
  const set: (readonly [DescField | DescExtension, unknown])[] = [
    ...desc.fields
      .filter((field) => isFieldSet(rules, field))
      .map((field) => [field, ruleValue(desc, rules, field)] as const),
    ...extensions
      .filter((extension) => hasExtension(rules, extension))
      .map((extension) => [extension, getExtension(rules, extension)] as const),
  ];
  for (const [extension, rule] of set) {
    if (hasOption(extension, predefined)) {
      for (const { expression } of getOption(extension, predefined).cel) {
        compile(expression, subject, { extension, rule, rules, desc });
      }
    }
  }
}

function ruleValue(desc: DescMessage, rules: Message, field: DescField): unknown {
  return reflect(desc, rules).get(field);
}

for (const message of messages) {
  const rules = getOption(message, messageOption);
  for (const expression of [...rules.cel.map((rule) => rule.expression), ...rules.celExpression]) {
    compile(expression, { kind: "message", message });
  }
  for (const field of message.fields) {
    compileRules(getOption(field, fieldOption), field, "whole");
  }
}

describe("the expressions of protovalidate's suite", () => {
  it("compile, but for those that are wrong on purpose", () => {
    // Some messages have rules for another type than the field's; elsewhere the same rules fit.
    const never = [...refused.keys()].filter((expression) => !compiled.has(expression));
    expect(never.sort()).toEqual(["this.a.startsWith('foo')", "this.b > 0"]);
    expect(compiled.size).toBe(156);
  });
});
