import {
  CodecError,
  fromJson,
  fromJsonString,
  toJson,
  toJsonString,
  tryFromJson,
  tryFromJsonString,
} from "botwire/compact";
import { describe, expect, test } from "vitest";
import { type ProblemCase, problemCases, treeProblems, treeText } from "../codec/problem-cases.ts";
import { table, tsOf } from "./tables.ts";

function problems(type: string, text: string, options = {}): readonly string[] {
  const result = tryFromJsonString(table(type), text, options);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path} | ${message}`);
}

describe("reading", () => {
  test("says where each problem is", () => {
    expect(problems("Tree", treeText)).toEqual(treeProblems);
  });

  test.each<ProblemCase>([
    ...problemCases,
    [
      "WellKnown",
      '{"timestamp":"0000-12-31T23:59:59Z"}',
      "timestamp | expected a time in the years 1 to 9999",
    ],
    ["Scalars", '{"bytesValue":"!"}', 'bytesValue | expected base64 string, got "!"'],
  ])("%s %s", (type, text, problem) => {
    expect(problems(type, text)).toEqual([problem]);
  });

  test.each([
    ['{"text":"a","text":"b"}', "text"],
    ['{"text" :"a","text"\n:"b"}', "text"],
    ['{"text":"\\":","text":"b"}', "text"],
    ['{"text":"a","te\\u0078t":"b"}', "text"],
    ['{"more":{"a":[{"b":1,"b":2}]}}', "more.a[0].b"],
    ['{"more":[1,[{"a":1},{"a":"\\\\","a":2}]]}', "more[1][1].a"],
    ['{"more":{"a":{},"b":[],"a":1}}', "more.a"],
  ])("finds the duplicate key of %s", (text, path) => {
    const options = { unknownFields: "ignore" } as const;
    expect(problems("Scalars", text, options)).toEqual([`${path} | duplicate key`]);
    expect(problems("Scalars", text, { ...options, duplicateKeys: "keepLast" })).toEqual([]);
  });

  test("finds duplicate keys of entries that are left out", () => {
    const text = '{"toEnum":{"a":"NOPE","a":"COLOR_RED"}}';
    expect(problems("Maps", text, { unknownFields: "ignore" })).toEqual([
      "toEnum.a | duplicate key",
    ]);
  });

  test("finds duplicate keys of any JSON", () => {
    expect(problems("Tree", '{"children":[{},{"struct":{"a":[{"b":1,"b":2}]}}]}')).toEqual([
      "children[1].struct.a[0].b | duplicate key",
    ]);
  });

  test.each(['{"text":"\\":"}', '{"text":" : "} \n', '{"text" : "a"}', '{"text":"{\\"a\\":1}"}'])(
    "takes no string for a duplicate key: %s",
    (text) => {
      expect(problems("Scalars", text)).toEqual([]);
    },
  );

  test("says that text is no JSON, without quoting it", () => {
    const [problem, ...others] = problems("Scalars", '{"text":"hunter2" hunter2}');
    expect(problem).toMatch(/^ \| not well-formed JSON: /);
    expect(problem).not.toContain("hunter2");
    expect(others).toEqual([]);
  });

  test("throws one error with all problems, up to the limit", () => {
    expect(() => fromJson(table("Scalars"), { text: 1, color: "PINK" })).toThrow(
      new CodecError("cannot read codec.v1.Scalars from JSON", [
        { path: "text", message: "expected string, got 1" },
        { path: "color", message: 'expected a name of enum codec.v1.Color, got "PINK"' },
      ]),
    );
    const text = JSON.stringify({ stringValue: Array.from({ length: 1000 }, () => 1) });
    expect(problems("Lists", text)).toHaveLength(20);
    expect(problems("Lists", text, { maxProblems: 3 })).toHaveLength(3);
  });

  test("ignores unknown fields and enum names if told to", () => {
    const options = { unknownFields: "ignore" } as const;
    const text = '{"text":"a","more":{"deep":[1,{"x":2}]},"color":"PINK"}';
    expect(fromJsonString(table("Scalars"), text, options)).toMatchObject({ text: "a", color: 0 });
    expect(fromJsonString(table("Lists"), '{"color":["PINK","COLOR_RED"]}', options)).toMatchObject(
      { color: [1] },
    );
  });

  test("takes wrong values of JavaScript for what they are", () => {
    for (const value of [undefined, () => 1, Symbol("s"), 1n, Number.NaN]) {
      expect(tryFromJson(table("Scalars"), { text: value }).ok).toBe(false);
      expect(tryFromJson(table("Scalars"), { doubleValue: value }).ok).toBe(false);
      expect(tryFromJson(table("Tree"), { value: [value] }).ok).toBe(false);
    }
  });

  test("keeps nothing of what it was given", () => {
    const json = { struct: { a: [1] } };
    const message = fromJson(table("Tree"), json);
    json.struct.a.push(2);
    expect(message).toMatchObject({ struct: { a: [1] } });
  });
});

describe("writing", () => {
  const complete = (type: string, message: object): object => ({
    ...tsOf(`codec.v1.${type}`).codec.init(),
    ...message,
  });
  const write = (type: string, message: object) => () =>
    toJson(table(type), complete(type, message));

  test("says where each problem is", () => {
    const message = {
      name: 5,
      children: [complete("Tree", { timestamp: { seconds: 1n, nanos: -1 } })],
      named: { "a b": complete("Tree", { value: Number.NaN }) },
    };
    expect(write("Tree", message)).toThrow(
      "cannot write codec.v1.Tree to JSON: name: expected string, got 5; " +
        "children[0].timestamp: expected nanos from 0 to 999999999 of the same sign, got -1; " +
        'named["a b"].value: expected finite number, got NaN',
    );
  });

  test.each([
    ["WellKnown", { duration: { seconds: 1n, nanos: -1 } }, "duration: expected nanos"],
    ["WellKnown", { duration: { seconds: 315576000001n, nanos: 0 } }, "duration: expected a dur"],
    [
      "WellKnown",
      { timestamp: { seconds: 253402300800n, nanos: 0 } },
      "timestamp: expected a time",
    ],
    ["WellKnown", { timestamp: 5 }, "timestamp: expected object, got 5"],
    ["WellKnown", { fieldMask: ["fooBar"] }, 'the path "fooBar" can\'t be read back'],
    ["WellKnown", { fieldMask: "a" }, 'fieldMask: expected array, got "a"'],
    ["WellKnown", { any: { typeUrl: "x/y.Z", value: new Uint8Array() } }, 'any: the type "x/y.Z"'],
    ["WellKnown", { struct: { a: [1n] } }, 'struct["a"][0]: expected JSON value, got bigint'],
    ["Scalars", { boolValue: 1 }, "boolValue: expected boolean, got 1"],
    ["Scalars", { bytesValue: [1] }, "bytesValue: expected base64 string, got array"],
    ["Scalars", { int32Value: 1n }, "int32Value: expected int32, got bigint"],
    ["Scalars", { int32Value: 1.5 }, "int32Value: expected int32, got 1.5"],
    ["Scalars", { int64Value: 1 }, "int64Value: expected int64, got 1"],
    ["Scalars", { uint64Value: -1n }, "uint64Value: expected uint64, got bigint"],
    ["Scalars", { doubleValue: Symbol("1") }, "doubleValue: expected number, got symbol"],
    ["Scalars", { text: "\ud800" }, "text: expected string, got one with an unpaired surrogate"],
    ["Scalars", { text: undefined }, "text: expected string, got null"],
    ["Lists", { doubleValue: [1, 2n] }, "doubleValue[1]: expected number, got bigint"],
    ["Lists", { doubleValue: undefined }, "doubleValue: expected array, got null"],
    ["Maps", { byString: 5 }, "byString: expected object, got 5"],
    ["Oneofs", { choice: { $case: "scalars", value: 5 } }, "scalars: expected object, got 5"],
  ])("%s, case %#", (type, message, problem) => {
    expect(write(type, message)).toThrow(problem);
  });

  test("chooses names, and writes defaults if told to", () => {
    const message = complete("Scalars", { int32Value: 7, color: 1 });
    expect(toJsonString(table("Scalars"), message)).toBe('{"int32Value":7,"color":"COLOR_RED"}');
    expect(toJsonString(table("Scalars"), message, { naming: "proto" })).toBe(
      '{"int32_value":7,"color":"COLOR_RED"}',
    );
    expect(toJson(table("Maps"), complete("Maps", {}), { alwaysEmitImplicit: true })).toMatchObject(
      { byString: {}, byInt64: {} },
    );
  });

  test("may be done while something else is written", () => {
    const inner = complete("Scalars", { text: "inner" });
    const outer = complete("Scalars", {
      get stringValue() {
        return toJsonString(table("Scalars"), inner);
      },
      text: 5,
    });
    expect(() => toJson(table("Scalars"), outer)).toThrow(
      "cannot write codec.v1.Scalars to JSON: text: expected string, got 5",
    );
  });
});
