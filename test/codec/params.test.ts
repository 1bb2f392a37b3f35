import { fromJsonString, fromParams, toParams, tryFromParams } from "botwire/codec";
import { expect, test } from "vitest";
import { randomMessage } from "../fuzz/codec/inputs.ts";
import { createRandom } from "../fuzz/codec/random.ts";
import { show } from "../fuzz/codec/show.ts";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();
const { anyTypes } = fixtures;
const scalars = tsCodec(fixtures.get("codec.v1.Scalars"));

function problems(type: string, params: Record<string, string>): readonly string[] {
  const { es } = fixtures.get(type);
  const result = tryFromParams(es, params);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path} | ${message}`);
}

test("reads scalars from their text, by both names", () => {
  const params = {
    double_value: "1.5",
    floatValue: "NaN",
    int32_value: "-7",
    int64Value: "9223372036854775807",
    uint32_value: "1e3",
    uint64_value: "0",
    bool_value: "true",
    string_value: '"quoted" text',
    bytes_value: "AQI",
    color: "COLOR_RED",
  };
  expect(fromParams(scalars, params)).toMatchObject({
    doubleValue: 1.5,
    floatValue: Number.NaN,
    int32Value: -7,
    int64Value: 9223372036854775807n,
    uint32Value: 1000,
    uint64Value: 0n,
    boolValue: true,
    stringValue: '"quoted" text',
    bytesValue: Uint8Array.of(1, 2),
    color: 1,
  });
});

test("reads everything else from JSON text", () => {
  const wellKnown = tsCodec(fixtures.get("codec.v1.WellKnown"));
  const params = {
    timestamp: '"1970-01-01T00:00:01Z"',
    duration: '"1.5s"',
    field_mask: '"a,bC"',
    struct: '{"a":[1,null]}',
    value: "null",
    list_value: "[1]",
    string_value: '"x"',
    empty: "{}",
  };
  expect(fromParams(wellKnown, params)).toMatchObject({
    timestamp: { seconds: 1n, nanos: 0 },
    duration: { seconds: 1n, nanos: 500_000_000 },
    fieldMask: ["a", "b_c"],
    struct: { a: [1, null] },
    value: null,
    listValue: [1],
    stringValue: "x",
    empty: {},
  });
});

test("lists every parameter that is unknown, missing, or can't be read", () => {
  expect(
    problems("legacy.v1.Legacy", {
      count: "many",
      flag: "yes",
      kinds: "{",
      kind_list: '["KIND_ONE","KIND_SIX"]',
      again: '{"name":"x","name":"y"}',
      chosen: "KIND_ONE",
      word: "both",
      more: "x",
      __proto__x: "y",
    }),
  ).toEqual([
    expect.stringMatching(/^kinds \| expected JSON text: /),
    "name | required parameter is missing",
    'count | expected int32, got "many"',
    'flag | expected boolean, got "yes"',
    'kind_list[1] | expected a name of enum legacy.v1.Legacy.Kind, got "KIND_SIX"',
    "again.name | duplicate key",
    'word | must not be set together with "chosen": they are in one oneof',
    "more | unknown field",
    "__proto__x | unknown field",
  ]);
});

test("takes an enum by its name only", () => {
  expect(problems("codec.v1.Scalars", { color: "1" })).toEqual([
    'color | expected a name of enum codec.v1.Color, got "1"',
  ]);
});

test("refuses both names of a field", () => {
  expect(problems("codec.v1.Scalars", { int32_value: "1", int32Value: "1" })).toEqual([
    "int32Value | set twice, by both of its names",
  ]);
});

test("treats __proto__ as any other name", () => {
  const params = JSON.parse('{"__proto__":"x","string_value":"y"}');
  expect(problems("codec.v1.Scalars", params)).toEqual(["__proto__ | unknown field"]);
  const names = tsCodec(fixtures.get("codec.v1.names.Names"));
  const message = fromParams(names, JSON.parse('{"__proto__":"x","constructor":"y"}'));
  expect(message).toMatchObject({ Proto: "x", constructor: "y" });
  const written = toParams(names, message);
  expect(Object.entries(written)).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
});

test("writes what it reads, for every type", () => {
  const random = createRandom(3);
  let tried = 0;
  for (let i = 0; i < 3000; i++) {
    const { desc, es } = random.pick(fixtures.all);
    const text = randomMessage(random, desc);
    if (/-0\b/.test(text) || desc.typeName.startsWith("legacy") || /proto2/i.test(desc.typeName)) {
      continue;
    }
    const message = fromJsonString(es, text, { anyTypes });
    const params = toParams(es, message, { anyTypes });
    expect(Object.values(params).every((value) => typeof value === "string")).toBe(true);
    expect(show(fromParams(es, params, { anyTypes }))).toBe(show(message));
    tried++;
  }
  expect(tried).toBeGreaterThan(1000);
});
