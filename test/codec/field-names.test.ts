import {
  type FieldNames,
  fieldTable,
  fromJsonString,
  type JsonInput,
  type JsonOutput,
  type MessageCodec,
  toJsonString,
} from "botwire/codec";
import { expect, test } from "vitest";
import { createRandom } from "../fuzz/codec/random.ts";

type Members = readonly (readonly [field: number, value: number])[];

/** A codec for messages of numbers with the given fields, in any order. */
function codecOf(names: readonly FieldNames[]): MessageCodec<Members> {
  const fields = fieldTable(names);
  return {
    typeName: "test.Numbers",
    init: () => [],
    readJson(input: JsonInput): Members {
      const members: [number, number][] = [];
      for (let field = input.open(fields); field >= 0; field = input.next(fields, field)) {
        members.push([field, input.int32()]);
      }
      return members;
    },
    writeJson(members: Members, output: JsonOutput): void {
      output.open();
      for (const [field, value] of members) {
        output.field(fields, field);
        output.int32(value);
      }
      output.close();
    },
    params: {},
  };
}

/** Names of all lengths, each of which begins all that follow, and some that differ at one place. */
const plain = Array.from({ length: 24 }, (_, i) => "abcdefghijklmnopqrstuvwx".slice(0, i + 1));
const near = Array.from({ length: 20 }, (_, i) => `${"x".repeat(i)}Y${"x".repeat(19 - i)}`);
const strange = [
  "",
  '"',
  "\\",
  "\u00e9",
  "a b",
  "\u4f60\u597d",
  "\u{1f600}",
  "constructor",
  "\n\n",
];

test.each([
  ["plain", plain, plain],
  ["alike", near, near],
  ["strange", strange.map((name, i) => [`f${i}`, name] as const), strange],
])("prints and reads names that are %s", (_, fields, names) => {
  const codec = codecOf(fields);
  const random = createRandom(15);
  for (let round = 0; round < 300; round++) {
    const members = names
      .map((_, field) => [field, round] as const)
      .filter(() => random.next() < 0.7)
      .sort(() => (round % 2 === 0 ? 0 : random.next() - 0.5));
    const texts = members.map(([field, value]) => `${JSON.stringify(names[field])}:${value}`);
    const json = `{${texts.join(",")}}`;
    // A name has four bytes at least.
    expect(toJsonString(codec, members)).toBe(json.replace(/(?<=[{,])"":/, '"": '));
    expect(fromJsonString(codec, json)).toEqual(members);
    // White space, and escapes where none are needed.
    const spaced = json.replaceAll(/[{:,]/g, "$& ").replace('"a"', '"\\u0061"');
    expect(fromJsonString(codec, spaced)).toEqual(members);
  }
});

test("reads both names of a field, and refuses them together", () => {
  const codec = codecOf(["some_name", "other"]);
  for (let round = 0; round < 50; round++) {
    expect(fromJsonString(codec, '{"some_name":1,"other":2}')).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(fromJsonString(codec, '{"other":2,"someName":1}')).toEqual([
      [1, 2],
      [0, 1],
    ]);
    expect(() => fromJsonString(codec, '{"someName":1,"some_name":2}')).toThrow(
      "set twice, by both of its names",
    );
    expect(() => fromJsonString(codec, '{"other":1,"other":2}')).toThrow("duplicate key");
  }
});
