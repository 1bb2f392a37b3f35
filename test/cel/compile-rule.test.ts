import {
  TestAllTypes_NestedMessageSchema,
  TestAllTypesSchema,
} from "@bufbuild/cel-spec/cel/expr/conformance/proto3/test_all_types_pb.js";
import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { type CelRuleSubject, compileRule } from "../../src/generator/cel/compile-rule.ts";
import { type CodeScope, constantValue, printCode } from "../../src/generator/code.ts";
import {
  type MessageModelName,
  messageModels,
} from "../../src/generator/message-model/create-message-model.ts";

const scope: CodeScope = {
  import: ({ name }) => name,
  type: ({ desc }) => desc.name,
  constant: (constant) =>
    constant.key === undefined ? printCode(scope, constantValue(constant)) : `$${constant.hint}`,
};

function compile(
  expression: string,
  subject: CelRuleSubject = { kind: "message", message: TestAllTypesSchema },
  model: MessageModelName = "ts-proto",
): string {
  const self = subject.kind === "message" ? "message" : "value";
  const compiled = compileRule(
    { expression, subject },
    { model: messageModels[model]({ types: () => "" }), self, now: "violations.now" },
  );
  return compiled.kind === "rule"
    ? `${printCode(scope, compiled.code)}${compiled.canFail ? " // can fail" : ""}`
    : compiled.problems.map(({ offset, message }) => `${offset}: ${message}`).join("; ");
}

function field(
  name: string,
  part: "whole" | "element" | "key" | "value" = "whole",
): CelRuleSubject {
  return { kind: "field", field: fieldOf(TestAllTypesSchema, name), part };
}

function fieldOf(desc: DescMessage, name: string) {
  const found = desc.fields.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(`${desc.typeName} has no field ${name}`);
  }
  return found;
}

describe("a rule becomes straight-line TypeScript", () => {
  it.each([
    [
      "this.single_int32 + 1 > this.single_sint32",
      "message.singleInt32 + 1 > message.singleSint32",
    ],
    ["this.single_int64 + 1 > 0", "addInt(message.singleInt64, 1n) > 0n // can fail"],
    ["this.single_int32 % 2 == 0", "message.singleInt32 % 2 === 0"],
    [
      "this.single_int32 / this.single_sint32 == 1",
      "divideNumber(message.singleInt32, message.singleSint32) === 1 // can fail",
    ],
    [
      "this.single_uint32 - 1u < 5u",
      "subtractUint(globalThis.BigInt(message.singleUint32), 1n) < 5n // can fail",
    ],
    ["size(this.single_string) <= 10", "hasMaxLength(message.singleString, 10)"],
    ["this.single_string < 'b'", 'compareText(message.singleString, "b") < 0'],
    ["this.single_string.matches('^a+$')", "/^a+$/.test(message.singleString)"],
    [
      "this.single_bytes == b'ab'",
      "equalBytes(message.singleBytes, globalThis.Uint8Array.of(97, 98))",
    ],
    [
      "this.single_timestamp < now + duration('1h')",
      "compareTime(message.singleTimestamp ?? zeroTime, addToTimestamp(violations.now, { seconds: 3600n, nanos: 0 })) < 0 // can fail",
    ],
    ["has(this.single_int32_wrapper)", "message.singleInt32Wrapper !== undefined"],
    ["this.single_int32_wrapper == null", "(message.singleInt32Wrapper ?? null) === null"],
    [
      "this.standalone_message.bb == 1",
      "(message.standaloneMessage === undefined ? 0 : message.standaloneMessage.bb) === 1",
    ],
    [
      "this.repeated_int32.all(x, x > 0 && x in [1, 2])",
      "message.repeatedInt32.every((x$) => x$ > 0 && [1, 2].includes(x$))",
    ],
    [
      "this.repeated_string.exists(s, int(s) > 0)",
      "exists(message.repeatedString, (s$) => intOfText(s$) > 0n) // can fail",
    ],
    ["'a' in this.map_string_string", 'globalThis.Object.hasOwn(message.mapStringString, "a")'],
    ["this.map_int64_int64[1] > 0", "mapValue(message.mapInt64Int64, 1n) > 0n // can fail"],
    [
      "1 / this.single_int32 > 0 || this.single_bool",
      "message.singleBool || divideNumber(1, message.singleInt32) > 0 // can fail",
    ],
    [
      "1 / this.single_int32 > 0 || 2 / this.single_int32 > 0",
      "or(() => divideNumber(1, message.singleInt32) > 0, () => divideNumber(2, message.singleInt32) > 0) // can fail",
    ],
    ["this.single_string == '' ? 'empty' : ''", 'message.singleString === "" ? "empty" : ""'],
    ["this == this", "equal($box(message), $box(message))"],
    ["this.single_bool_wrapper", "asOutcome((message.singleBoolWrapper ?? null)) // can fail"],
    ["dyn(this).single_bool", 'asOutcome(select($box(message), "single_bool")) // can fail'],
  ])("%s", (expression, expected) => {
    expect(compile(expression)).toBe(expected);
  });

  it("reads messages as the model keeps them", () => {
    const rule = "has(this.single_nested_message) && this.single_nested_message.bb > 0";
    expect(compile(rule)).toBe(
      'message.nestedType?.$case === "singleNestedMessage" && (message.nestedType?.$case !== "singleNestedMessage" ? 0 : message.nestedType.value.bb) > 0',
    );
    expect(compile(rule, undefined, "protobuf-es")).toBe(
      'message.nestedType.case === "singleNestedMessage" && (message.nestedType.case !== "singleNestedMessage" ? 0 : message.nestedType.value.bb) > 0',
    );
  });

  it("knows what `this` is", () => {
    expect(compile("this > 0", field("repeated_int64", "element"))).toBe("value > 0n");
    expect(compile("this.size() > 1", field("repeated_int64"))).toBe("value.length > 1");
    expect(compile("this == 1", field("map_int32_int64", "key"), "protobuf-es")).toBe(
      "globalThis.Number(value) === 1",
    );
    expect(compile("this.isEmail()", field("single_string"))).toBe("isEmail(value)");
  });
});

describe("what is wrong with a rule is told by its place", () => {
  it.each([
    [
      "this.no_such > 1",
      '4: cel.expr.conformance.proto3.TestAllTypes has no field "no_such"; fields have the names that they have in the .proto file',
    ],
    ["this.single_int32.startsWith('a')", '17: "startsWith" can\'t be called on int with (string)'],
    ["this.single_int32 == 1u", '18: "==" can\'t be applied to (int, uint)'],
    ["this.single_int32", "4: a rule gives a bool or a string, not a value of type int"],
    [
      "foo(1) == 1",
      `0: there is no function "foo": rules have CEL's standard ones, those for strings, and protovalidate's (https://protovalidate.com/reference/cel_extensions)`,
    ],
    ["bar == 1", '0: "bar" is not declared'],
    [
      "this.single_string.matches('a(')",
      "18: the pattern is not valid in RE2: missing closing ), at its character 2",
    ],
    [
      "this.single_any == this.single_any",
      "4: a compiled rule can't look into a google.protobuf.Any: use has(), or the rules any.in and any.not_in",
    ],
    ["9223372036854775808 > 1", "0: 9223372036854775808 is out of the range of int"],
    [
      "math.greatest(1, 2) == 2",
      `4: there is no function "math.greatest": rules have CEL's standard ones, those for strings, and protovalidate's (https://protovalidate.com/reference/cel_extensions)`,
    ],
    [
      "this.single_int32.abs() > 2",
      `17: there is no function "abs": rules have CEL's standard ones, those for strings, and protovalidate's (https://protovalidate.com/reference/cel_extensions)`,
    ],
    [
      "true &&\n  this.x",
      '14: cel.expr.conformance.proto3.TestAllTypes has no field "x"; fields have the names that they have in the .proto file',
    ],
  ])("%s", (expression, expected) => {
    expect(compile(expression)).toBe(expected);
  });

  it("and so is what is no CEL", () => {
    expect(compile("this.single_int32 >")).toMatch(/^18: not a CEL expression: found > but/);
  });

  it("several at once", () => {
    expect(compile("this.a == this.b")).toMatch(/^4: .*"a".*; 14: .*"b"/);
  });
});

it("the tests' message is what they think", () => {
  expect(TestAllTypes_NestedMessageSchema.fields[0]?.scalar).toBe(ScalarType.INT32);
});
