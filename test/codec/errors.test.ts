import { CodecError, fromJson, fromJsonString, toJson, tryFromJsonString } from "botwire/codec";
import { describe, expect, test } from "vitest";
import { loadFixtures, tsCodec } from "./fixtures.ts";
import { type ProblemCase, problemCases, treeProblems, treeText } from "./problem-cases.ts";

const fixtures = await loadFixtures();
const kinds = (name: string) => tsCodec(fixtures.get(`codec.v1.${name}`));

function problems(type: string, text: string, options = {}): readonly string[] {
  const result = tryFromJsonString(kinds(type), text, options);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path} | ${message}`);
}

describe("reading", () => {
  test("says where each problem is", () => {
    expect(problems("Tree", treeText)).toEqual(treeProblems);
  });

  test.each<ProblemCase>([
    ...problemCases,
    ["Scalars", '{"bytesValue":"!"}', "bytesValue | expected base64, got a string that isn't"],
    [
      "WellKnown",
      '{"timestamp":"0000-12-31T23:59:59Z"}',
      "timestamp | expected a time from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z",
    ],
  ])("%s %s", (type, text, problem) => {
    expect(problems(type, text)).toEqual([problem]);
  });

  test("finds the path of a duplicate key", () => {
    expect(problems("Tree", '{"children":[{},{"struct":{"a":[{"b":1,"b":2}]}}]}')).toEqual([
      "children[1].struct.a[0].b | duplicate key",
    ]);
    expect(problems("Tree", '{"struct":{"a":1,"a":2}}', { duplicateKeys: "keepLast" })).toEqual([]);
  });

  test("says that text is no JSON", () => {
    const result = problems("Scalars", "{");
    expect(result).toHaveLength(1);
    expect(result[0]).toMatch(/^ \| not well-formed JSON: /);
  });

  test("throws one error with all problems", () => {
    const read = () => fromJson(kinds("Scalars"), { text: 1, color: "PINK" });
    expect(read).toThrow(
      new CodecError("cannot read codec.v1.Scalars from JSON", [
        { path: "text", message: "expected string, got 1" },
        { path: "color", message: 'expected a name of enum codec.v1.Color, got "PINK"' },
      ]),
    );
    expect(read).toThrow(
      'cannot read codec.v1.Scalars from JSON: text: expected string, got 1; color: expected a name of enum codec.v1.Color, got "PINK"',
    );
  });

  test("stops at the limit of problems", () => {
    const text = JSON.stringify({ stringValue: Array.from({ length: 1000 }, () => 1) });
    expect(problems("Lists", text)).toHaveLength(20);
    expect(problems("Lists", text, { maxProblems: 3 })).toHaveLength(3);
  });

  test("ignores unknown fields if told to", () => {
    const options = { unknownFields: "ignore" } as const;
    const text = '{"text":"a","more":{"deep":[1,{"x":2}]},"color":"PINK"}';
    expect(fromJsonString(kinds("Scalars"), text, options)).toMatchObject({ text: "a", color: 0 });
    expect(problems("Scalars", '{"more":{"a":1,"a":2}}', options)).toEqual([
      "more.a | duplicate key",
    ]);
    for (const values of ['"NOPE","a":"COLOR_RED"', '"COLOR_RED","a":"NOPE"', '"NOPE","a":"NO"']) {
      expect(problems("Maps", `{"toEnum":{"a":${values}}}`, options)).toEqual([
        'toEnum["a"] | duplicate key',
      ]);
    }
  });
});

describe("writing", () => {
  const write = (type: string, message: object) => () => toJson(kinds(type), message);
  const complete = (type: string, message: object) => ({ ...kinds(type).init({}), ...message });

  test("says where each problem is", () => {
    const message = complete("Tree", {
      name: 5,
      children: [complete("Tree", { timestamp: { seconds: 1n, nanos: -1 } })],
      named: { "a b": complete("Tree", { value: Number.NaN }) },
    });
    expect(write("Tree", message)).toThrow(
      "cannot write codec.v1.Tree to JSON: name: expected string, got 5; " +
        "children[0].timestamp: expected nanos from 0 to 999999999, got -1; " +
        'named["a b"].value: expected finite number, got NaN',
    );
  });

  test.each([
    [
      "WellKnown",
      { duration: { seconds: 1n, nanos: -1 } },
      "duration: expected seconds and nanos of the same sign",
    ],
    [
      "WellKnown",
      { duration: { seconds: 315576000001n, nanos: 0 } },
      "duration: expected a duration of up to 315576000000 seconds",
    ],
    [
      "WellKnown",
      { timestamp: { seconds: 253402300800n, nanos: 0 } },
      "timestamp: expected a time from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z",
    ],
    [
      "WellKnown",
      { fieldMask: ["fooBar"] },
      'fieldMask: the path "fooBar" can\'t be read back from lowerCamelCase',
    ],
    [
      "WellKnown",
      { any: { typeUrl: "x/y.Z", value: new Uint8Array() } },
      'any: the type "x/y.Z" isn\'t among the types that an Any may hold here',
    ],
    ["WellKnown", { struct: { a: [1n] } }, 'struct["a"][0]: expected JSON value, got bigint'],
    ["Scalars", { int64Value: "x".repeat(40), boolValue: 1 }, "boolValue: expected boolean, got 1"],
    ["Scalars", { bytesValue: [1] }, "bytesValue: expected Uint8Array, got array"],
    ["Scalars", { int32Value: 1n }, "int32Value: expected number, got bigint"],
    ["Scalars", { doubleValue: 1n }, "doubleValue: expected number, got bigint"],
    ["Scalars", { doubleValue: Symbol("1") }, "doubleValue: expected number, got symbol"],
    ["Scalars", { floatValue: "1" }, 'floatValue: expected number, got "1"'],
    ["Lists", { doubleValue: [1, 2n] }, "doubleValue[1]: expected number, got bigint"],
  ])("%s, case %#", (type, message, problem) => {
    expect(write(type, complete(type, message))).toThrow(problem);
  });
});
