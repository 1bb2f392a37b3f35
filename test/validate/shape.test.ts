import { describe, expect, it } from "vitest";
import {
  checkBool,
  checkBytes,
  checkInt32,
  checkInt64,
  checkJson,
  checkListValueMessage,
  checkLongText,
  checkString,
  checkTime,
  checkUint32,
  checkUint64,
  checkValueMessage,
  isListOf,
  isRecordOf,
  listOf,
  mapOf,
  oneofOf,
  recordOf,
  recordWith,
  type ShapeCheck,
  ShapeCollector,
  typed,
} from "../../src/validate.ts";

/** The problems of a value, and whether it is complete. */
function problems(check: ShapeCheck, value: unknown): string[] {
  const shape = new ShapeCollector();
  shape.part("x", value, check);
  return shape.issues.map(({ message, path }) => `${path.slice(1).join("/")}: ${message}`);
}

describe("scalars", () => {
  it.each([
    [checkString, "", 1, "must be a string, not the number 1"],
    [checkBool, false, null, "must be true or false, not null"],
    [
      checkInt32,
      -2147483648,
      2147483648,
      "must be an integer of 32 bits, not the number 2147483648",
    ],
    [checkInt32, -0, 1.5, "must be an integer of 32 bits, not the number 1.5"],
    [checkInt32, 1, Number.NaN, "must be an integer of 32 bits, not the number NaN"],
    [
      checkUint32,
      4294967295,
      -1,
      "must be an integer of 32 bits without a sign, not the number -1",
    ],
    [
      checkInt64,
      -(2n ** 63n),
      2n ** 63n,
      "must be a bigint of 64 bits, not the bigint 9223372036854775808",
    ],
    [
      checkUint64,
      2n ** 64n - 1n,
      -1n,
      "must be a bigint of 64 bits without a sign, not the bigint -1",
    ],
    [checkInt64, 0n, 1, "must be a bigint of 64 bits, not the number 1"],
    [checkLongText, "-12", "1.5", "must be the digits of an integer, not a string"],
    [checkBytes, new Uint8Array(), [1], "must be a Uint8Array, not a list"],
  ] as const)("have a type (%#)", (check, good, bad, problem) => {
    expect(problems(check, good)).toEqual([]);
    expect(problems(check, bad)).toEqual([`: ${problem}`]);
  });
});

describe("collections", () => {
  it("name the place of what is wrong", () => {
    expect(problems(listOf(checkString), ["a", 1, undefined])).toEqual([
      "1: must be a string, not the number 1",
      "2: must be a string, not undefined",
    ]);
    expect(problems(listOf(checkString), {})).toEqual([": must be a list, not an object"]);
    expect(problems(recordOf(/^-?[0-9]+$/, checkString), { 1: "a", b: 2 })).toEqual([
      "b: must be a key of the map's type, not a string",
      "b: must be a string, not the number 2",
    ]);
    expect(problems(recordOf(undefined, checkString), new Map())).toEqual([
      ": must be an object, not a Map",
    ]);
    const map = new Map<unknown, unknown>([
      [1n, "a"],
      ["b", 2],
    ]);
    expect(problems(mapOf(checkInt64, checkString), map)).toEqual([
      "b: must be a bigint of 64 bits, not a string",
      "b: must be a string, not the number 2",
    ]);
    expect(problems(mapOf(checkInt64, checkString), {})).toEqual([
      ": must be a Map, not an object",
    ]);
  });

  it("are told in haste where their parts have a plain type", () => {
    expect(isListOf(["a", "b"], "string")).toBe(true);
    expect(isListOf([], "number")).toBe(true);
    expect(isListOf([true, 1], "boolean")).toBe(false);
    expect(isListOf(new Array(1), "string")).toBe(false);
    expect(isListOf({ length: 0 }, "string")).toBe(false);
    expect(isRecordOf({ a: 1, b: Number.NaN }, "number")).toBe(true);
    expect(isRecordOf({ a: "1", b: undefined }, "string")).toBe(false);
    expect(isRecordOf(new Map(), "string")).toBe(false);
    expect(isRecordOf(undefined, "string")).toBe(false);
  });

  it("select one of the fields of a oneof", () => {
    const check = oneofOf("$case", { a: checkString, constructor: checkInt32 });
    expect(problems(check, { $case: "a", value: "x" })).toEqual([]);
    expect(problems(check, {})).toEqual([]);
    expect(problems(check, { $case: "a" })).toEqual(["value: must be a string, not undefined"]);
    expect(problems(check, { $case: "constructor", value: 1 })).toEqual([]);
    expect(problems(check, { $case: "toString", value: 1 })).toEqual([
      '$case: must be one of "a", "constructor", not a string',
    ]);
    expect(problems(check, { $case: 1 })).toEqual([
      '$case: must be one of "a", "constructor", not the number 1',
    ]);
    expect(problems(check, "a")).toEqual([": must be an object, not a string"]);
  });
});

describe("well-known types", () => {
  it("are messages of their own", () => {
    expect(problems(checkTime, { seconds: 1n, nanos: 0 })).toEqual([]);
    expect(problems(checkTime, { seconds: 1 })).toEqual([
      "seconds: must be a bigint of 64 bits, not the number 1",
    ]);
    expect(problems(checkTime, new Date(0))).toEqual([": must be an object, not a Date"]);
    const check = typed("a.B", recordWith({ a: checkString }));
    expect(problems(check, { $typeName: "a.C", a: 1 })).toEqual([
      '$typeName: must be "a.B", not a string',
      "a: must be a string, not the number 1",
    ]);
    expect(problems(check, 1)).toEqual([": must be an object, not the number 1"]);
  });

  it("are JSON", () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    expect(problems(checkJson, { a: [null, true, "x", 1.5, {}] })).toEqual([]);
    expect(problems(checkJson, { a: [Number.NaN, 1n] })).toEqual([
      "a/0: must be a number that JSON can express, not the number NaN",
      "a/1: must be a value that JSON can express, not the bigint 1",
    ]);
    expect(problems(checkJson, cyclic)).toHaveLength(1);
    const value = { kind: { case: "listValue", value: { values: [{ kind: { case: "x" } }] } } };
    expect(problems(checkValueMessage, value)).toEqual([
      expect.stringContaining('kind/value/values/0/kind/case: must be one of "nullValue"'),
    ]);
    expect(problems(checkListValueMessage, { values: [] })).toEqual([]);
  });
});

it("missing members make a value incomplete, not wrong", () => {
  const shape = new ShapeCollector();
  shape.optional("a", undefined, checkString);
  expect([shape.count, shape.incomplete]).toEqual([0, false]);
  shape.member("a", undefined, checkString);
  expect([shape.count, shape.incomplete]).toEqual([0, true]);
});
