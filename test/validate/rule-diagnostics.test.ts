import { describe, expect, it } from "vitest";
import { pluginError, runPlugin } from "../generator/run-plugin.ts";

/** A file whose first line after the usual head is the seventh. */
const proto = (body: string) => ({
  "a/v1/a.proto": `syntax = "proto3";
package a.v1;
import "buf/validate/validate.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
${body}
`,
});

/** What is wrong with a file, a line each, without the line above. */
const problems = (body: string) =>
  pluginError(proto(body))
    .replace(/^\d+ problems? in \.proto files\n/, "")
    .split("\n");

describe("rules that don't fit", () => {
  it("are told at the option, all at once, with what fits", () => {
    expect(
      problems(`message A {
  string name = 1 [(buf.validate.field).int32.gt = 1];
  repeated string list = 2 [(buf.validate.field).string.min_len = 1];
  map<string, bool> map = 3 [(buf.validate.field).map.keys.bool.const = true];
  A nested = 4 [(buf.validate.field).string.min_len = 1];
  google.protobuf.Duration wait = 5 [(buf.validate.field).timestamp.lt_now = true];
  google.protobuf.StringValue wrapped = 6 [(buf.validate.field).any.in = "x"];
  repeated A all = 7 [(buf.validate.field).repeated.unique = true];
  repeated string items = 8 [
    (buf.validate.field).repeated.min_items = 1,
    (buf.validate.field).repeated.items.uint32.lt = 1
  ];
}`),
    ).toEqual([
      `a/v1/a.proto:8:20: the rules "int32" don't fit a value of type string: use "string"`,
      `a/v1/a.proto:9:29: the rules "string" don't fit a repeated field: use "repeated"`,
      `a/v1/a.proto:10:30: the rules "bool" don't fit a value of type string: use "string"`,
      `a/v1/a.proto:11:17: the rules "string" don't fit a value of type a.v1.A: there are none for it, remove them`,
      `a/v1/a.proto:12:38: the rules "timestamp" don't fit a value of type google.protobuf.Duration: use "duration"`,
      `a/v1/a.proto:13:44: the rules "any" don't fit a value of type google.protobuf.StringValue: use "string"`,
      `a/v1/a.proto:14:23: "unique" compares scalars and enums, but the elements are messages of type a.v1.A: remove the rule`,
      `a/v1/a.proto:17:5: the rules "uint32" don't fit a value of type string: use "string"`,
    ]);
  });

  it("are told although they are ignored", () => {
    expect(
      problems(`message A {
  string name = 1 [(buf.validate.field) = {ignore: IGNORE_ALWAYS, bool: {const: true}}];
}`),
    ).toEqual([
      `a/v1/a.proto:8:74: the rules "bool" don't fit a value of type string: use "string"`,
    ]);
  });
});

describe("values of rules", () => {
  it("are patterns of RE2", () => {
    expect(
      problems(`message A {
  string a = 1 [(buf.validate.field).string.pattern = "a(?=b)"];
  bytes b = 2 [(buf.validate.field).bytes.pattern = "("];
}`),
    ).toEqual([
      expect.stringMatching(/^a\/v1\/a\.proto:8:17: "a\(\?=b\)" is no pattern: .*RE2/),
      expect.stringMatching(/^a\/v1\/a\.proto:9:16: "\(" is no pattern: .*RE2/),
    ]);
  });

  it("are times that can be told", () => {
    expect(
      problems(`message A {
  google.protobuf.Timestamp at = 1 [(buf.validate.field).timestamp.lt.seconds = 999999999999];
  google.protobuf.Duration wait = 2 [(buf.validate.field).duration.lt.seconds = 999999999999];
}`),
    ).toEqual([
      expect.stringMatching(/^a\/v1\/a\.proto:8:37: a timestamp in a rule is out of range: /),
      expect.stringMatching(/^a\/v1\/a\.proto:9:38: a duration in a rule is out of range: /),
    ]);
  });
});

describe("rules in CEL", () => {
  it("are told by their options and their characters, all at once, with what helps", () => {
    expect(
      problems(`import "google/protobuf/any.proto";
message A {
  option (buf.validate.message).cel = {
    id: "a.any"
    message: "is another one"
    expression: "has(this.a) && this.a == this.b"
  };
  option (buf.validate.message).cel_expression = "this.nmae != ''";
  google.protobuf.Any a = 1;
  google.protobuf.Any b = 2;
  string name = 3 [
    (buf.validate.field).string.min_len = 1,
    (buf.validate.field).cel_expression = "this > 0"
  ];
  repeated string list = 4 [(buf.validate.field).repeated.items.cel = {
    id: "a.pattern"
    message: "is no word"
    expression: "this.matches('(?!x)')"
  }];
}`),
    ).toEqual([
      `a/v1/a.proto:9:3: "has(this.a) && this.a == this.b", at character 20: a compiled rule can't look into a google.protobuf.Any: use has(), or the rules any.in and any.not_in`,
      `a/v1/a.proto:14:3: "this.nmae != ''", at character 5: a.v1.A has no field "nmae"; fields have the names that they have in the .proto file`,
      `a/v1/a.proto:19:5: "this > 0", at character 5: ">" can't be applied to (string, int)`,
      `a/v1/a.proto:21:29: "this.matches('(?!x)')", at character 5: the pattern is not valid in RE2: invalid or unsupported Perl syntax "(?!" (look-around is not regular), at its character 1`,
    ]);
  });
});

describe("groups of fields", () => {
  it("name fields of the message, once", () => {
    expect(
      problems(`message A {
  option (buf.validate.message).oneof = { fields: ["a", "b\\n", "a"] };
  option (buf.validate.message).oneof = {};
  string a = 1;
}`),
    ).toEqual([
      `a/v1/a.proto:8:3: a.v1.A has no field "b\\n", which the rule "oneof" names`,
      `a/v1/a.proto:8:3: the rule "oneof" names "a" twice: remove one`,
      `a/v1/a.proto:9:3: the rule "oneof" names no field: add some, or remove it`,
    ]);
  });
});

describe("messages without rules", () => {
  const outputs = runPlugin(
    proto(`message Plain { string a = 1; Plain next = 2; Circle circle = 3; }
message Circle { Plain plain = 1; repeated Circle more = 2; }
message Ignored { Ruled ruled = 1 [(buf.validate.field).ignore = IGNORE_ALWAYS]; }
message Ruled { string a = 1 [(buf.validate.field).string.min_len = 1]; }
message Above { map<string, Between> map = 1; }
message Between { Above above = 1; oneof choice { Ruled ruled = 2; } }`),
  );

  it("have no validator, and others do", () => {
    const names = outputs["a/v1/a.validate.ts"]?.match(/(?<=export function )\w+/g);
    expect(names).toEqual(["validateRuled", "validateAbove", "validateBetween"]);
  });

  it("share the one that does nothing", () => {
    const schemas = outputs["a/v1/a.ts"] ?? "";
    expect(schemas.match(/validate: \w+/g)).toEqual([
      "validate: noRules",
      "validate: noRules",
      "validate: noRules",
      "validate: validateRuled",
      "validate: validateAbove",
      "validate: validateBetween",
    ]);
  });
});
