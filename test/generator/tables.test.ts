import { describe, expect, it } from "vitest";
import { pluginError, runPlugin } from "./run-plugin.ts";

function tables(body: string): string {
  const source = `syntax = "proto3"; package zoo.v1; import "bot/action/v1/options.proto"; ${body}`;
  const files = runPlugin({ "zoo/v1/zoo.proto": source }, "optimize_for=code_size");
  return files["zoo/v1/zoo.codec.ts"] ?? "";
}

describe("tables", () => {
  it("number fields only where they don't follow each other", () => {
    const code = tables("message A { int32 c = 7; string a = 1; string b = 2; bool d = 8; }");
    expect(code).toContain('  "a b c=7 d",\n  [string, string, int32, bool],\n');
  });

  it("say what is optional, skipped, or in a oneof", () => {
    const code = tables(`message A {
      optional int32 a = 1;
      string b = 2 [(bot.action.v1.field).skip = true];
      optional bool c = 3 [(bot.action.v1.field).skip = true];
      oneof one_of { string d = 4; A e = 5; }
    }`);
    expect(code).toContain('"?a !b &c oneOf/d oneOf/e"');
    expect(code).toContain("[int32, string, bool, string, /* @__PURE__ */ lazy(() => ACodec)]");
  });

  it("have names that can't be told from a property", () => {
    const code = tables(
      'message A { string a_1 = 1; string b_c = 2; string d = 3 [json_name = "\\"+x"]; string E_F = 4; }',
    );
    expect(code).toContain('  "a1 bC d eF",\n');
    expect(code).toContain('{ 0: ["a_1", "a1"], 2: ["d", "\\"+x"], 3: ["E_F", "EF"] }');
  });

  it("have every type of a list or map", () => {
    const code = tables(`message A {
      repeated int32 a = 1;
      repeated int32 b = 2 [packed = false];
      repeated string c = 3;
      map<bool, int64> d = 4;
      map<uint32, A> e = 5;
      int64 f = 6 [jstype = JS_STRING];
    }`).replaceAll("/* @__PURE__ */ ", "");
    expect(code).toContain(
      "[list(int32), list(int32, false), list(string), keyedMap(boolKey, int64), map(uint32, lazy(() => ACodec)), asText(int64)]",
    );
  });

  it("stand behind those that they refer to, as far as there is such an order", () => {
    const code = tables("message A { B b = 1; } message B { C c = 1; } message C { A a = 1; }");
    const order = [...code.matchAll(/export const (\w+)/g)].map(([, name]) => name);
    expect(order).toEqual(["CCodec", "BCodec", "ACodec"]);
    expect(code.match(/lazy\(.*?Codec\)/g)).toEqual(["lazy(() => ACodec)"]);
  });

  it("number the values of enums", () => {
    const code = tables(
      "enum E { option allow_alias = true; A = 0; B = 1; C = 1; D = -5; F = -4; } message M { E e = 1; }",
    );
    expect(code).toContain('"A B C=1 D=-5 F"');
  });

  it("are a chain of any length", () => {
    const messages = Array.from({ length: 200 }, (_, i) => `message M${i} { M${i + 1} m = 1; }`);
    expect(tables(`${messages.join("")} message M200 {}`)).not.toContain("lazy");
  });
});

describe("types of packages", () => {
  it("have no tables", () => {
    const zoo = `syntax = "proto3"; package zoo.v1;
import "bot/action/v1/action.proto";
message Letter {
  bot.action.v1.ExecuteRequest request = 1;
}`;
    expect(pluginError({ "zoo/v1/zoo.proto": zoo }, "optimize_for=code_size")).toBe(
      `1 problem in .proto files
zoo/v1/zoo.proto:4:3: bot.action.v1.ExecuteRequest comes from the package "botwire/gen", whose codecs are functions and no tables: generate bot/action/v1/action.proto in the same run, or use the option optimize_for=speed`,
    );
  });
});
