import {
  asText,
  compactEnum,
  compactMessage,
  fromBinary,
  fromJsonString,
  int32,
  int64,
  list,
  renamedEnum,
  string,
  toBinary,
  toJsonString,
  tryFromJsonString,
} from "botwire/compact";
import { describe, expect, test } from "vitest";

// What tables of the fixtures don't have.

const letter = compactMessage<object>("zoo.v1.Letter", "text !history=4 &note weight=9", [
  string,
  list(string),
  string,
  int32,
]);

describe("fields that are skipped", () => {
  test.each(["null", "5", '["a"]', '{"a":[{"b":1}]}', "1e999"])("may be %s", (json) => {
    const text = `{"text":"a","history":${json},"note":${json},"weight":7}`;
    expect(fromJsonString(letter, text)).toEqual({
      text: "a",
      history: [],
      note: undefined,
      weight: 7,
    });
  });

  test("have no key twice", () => {
    expect(tryFromJsonString(letter, '{"history":{"a":[{"b":1,"b":2}]}}')).toEqual({
      ok: false,
      problems: [{ path: "history.a[0].b", message: "duplicate key" }],
    });
  });

  test("are written, and in the binary format, as ever", () => {
    const message = { text: "", history: ["b"], note: "", weight: 0 };
    expect(toJsonString(letter, message)).toBe('{"history":["b"],"note":""}');
    expect(toBinary(letter, message)).toEqual(Uint8Array.of(0x22, 1, 98, 0x2a, 0));
    expect(fromBinary(letter, toBinary(letter, message))).toEqual(message);
  });
});

describe("integers that are kept as text", () => {
  const count = compactMessage<object>("zoo.v1.Count", "total all", [
    asText(int64),
    list(asText(int64)),
  ]);

  test("are read and written as integers", () => {
    const message = fromJsonString(count, '{"total":"9007199254740993","all":[1,"-2",0]}');
    expect(message).toEqual({ total: "9007199254740993", all: ["1", "-2", "0"] });
    expect(toJsonString(count, message)).toBe('{"total":"9007199254740993","all":["1","-2","0"]}');
    expect(fromBinary(count, toBinary(count, message))).toEqual(message);
    expect(toJsonString(count, { total: "0", all: [] })).toBe("{}");
  });

  test.each(["x", "1.5", "9223372036854775808", ""])("aren't %j", (total) => {
    expect(() => toJsonString(count, { total, all: [] })).toThrow(
      `total: expected int64, got ${JSON.stringify(total)}`,
    );
    expect(() => toBinary(count, { total, all: [] })).toThrow("total: expected int64");
  });
});

test("enums may have names of their own in JSON", () => {
  const size = renamedEnum("zoo.v1.Size", "SMALL LARGE=5", [
    ["small one", 0],
    ["large one", 5],
  ]);
  const plain = compactEnum("zoo.v1.Size", "SMALL LARGE=5");
  const box = compactMessage<object>("zoo.v1.Box", "size plain", [size, plain]);
  expect(fromJsonString(box, '{"size":"large one","plain":"LARGE"}')).toEqual({
    size: 5,
    plain: 5,
  });
  expect(fromJsonString(box, '{"size":"LARGE"}')).toMatchObject({ size: 5 });
  expect(toJsonString(box, { size: 5, plain: 5 })).toBe('{"size":"large one","plain":"LARGE"}');
  expect(tryFromJsonString(box, '{"plain":"large one"}').ok).toBe(false);
});
