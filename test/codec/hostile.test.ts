import { fromJson, fromJsonString, toJson, tryFromJson, tryFromJsonString } from "botwire/codec";
import { afterEach, describe, expect, test } from "vitest";
import { loadFixtures, tsCodec } from "./fixtures.ts";
import { deepTexts, nested } from "./nesting.ts";

const fixtures = await loadFixtures();
const tree = tsCodec(fixtures.get("codec.v1.Tree"));
const lists = tsCodec(fixtures.get("codec.v1.Lists"));
const maps = tsCodec(fixtures.get("codec.v1.Maps"));
const scalars = tsCodec(fixtures.get("codec.v1.Scalars"));

afterEach(() => {
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

describe("prototypes", () => {
  test.each([
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"struct":{"__proto__":{"polluted":1}}}',
    '{"value":{"a":{"__proto__":{"polluted":1}}}}',
    '{"named":{"__proto__":{"name":"x"}}}',
  ])("%s", (text) => {
    const result = tryFromJsonString(tree, text, { unknownFields: "ignore" });
    expect(result.ok).toBe(true);
    if (result.ok) {
      expect(Object.getPrototypeOf(result.message)).toBe(Object.prototype);
    }
  });

  test("__proto__ is an ordinary key of maps and structs", () => {
    const text = '{"named":{"__proto__":{"name":"x"}},"struct":{"__proto__":1}}';
    for (const codec of [tree, fixtures.get("codec.v1.Tree").es]) {
      const message = Reflect.apply(fromJsonString, undefined, [codec, text]);
      expect(Object.hasOwn(message.named, "__proto__")).toBe(true);
      expect(Object.getPrototypeOf(message.named)).toBe(Object.prototype);
      expect(JSON.stringify(Reflect.apply(toJson, undefined, [codec, message]))).toBe(text);
    }
  });

  test("a field may have the JSON name __proto__", () => {
    const { es } = fixtures.get("codec.v1.names.PrototypeJsonName");
    const message = fromJsonString(es, '{"__proto__":"x"}');
    expect(message).toMatchObject({ text: "x" });
    expect(JSON.stringify(toJson(es, message))).toBe('{"__proto__":"x"}');
  });

  test("members that arrays and strings inherit are no fields", () => {
    expect(tryFromJson(tree, []).ok).toBe(false);
    expect(tryFromJson(tree, "text").ok).toBe(false);
    expect(tryFromJson(tree, { named: [] }).ok).toBe(false);
  });
});

describe("nesting", () => {
  test("ends at 100 levels, as in protobuf-es", () => {
    expect(tryFromJsonString(tree, nested(99)).ok).toBe(true);
    expect(tryFromJsonString(tree, nested(100))).toEqual({
      ok: false,
      problems: [
        { path: Array(100).fill("left").join("."), message: "nested deeper than 100 levels" },
      ],
    });
    expect(tryFromJsonString(tree, nested(100), { maxDepth: 101 }).ok).toBe(true);
  });

  test.each([200, 100_000])("%i levels are refused everywhere", (levels) => {
    const { refused, ignored } = deepTexts(levels);
    for (const text of refused) {
      expect(tryFromJsonString(tree, text).ok).toBe(false);
    }
    // Ignored values are skipped, however deep.
    for (const text of ignored) {
      expect(tryFromJsonString(tree, text, { unknownFields: "ignore" }).ok).toBe(true);
    }
  });
});

describe("size", () => {
  const megabyte = 1 << 20;

  test.each<[string, (size: number) => void]>([
    [
      "unknown fields",
      (size) => {
        const members = Array.from({ length: size / 16 }, (_, i) => `"unknown${i}":1`);
        expect(tryFromJsonString(tree, `{${members}}`).ok).toBe(false);
      },
    ],
    [
      "problems in a list",
      (size) => {
        expect(tryFromJsonString(lists, `{"stringValue":[${Array(size / 8).fill("1")}]}`).ok).toBe(
          false,
        );
      },
    ],
    [
      "duplicate keys",
      (size) => {
        expect(tryFromJsonString(tree, `{"struct":{${Array(size / 8).fill('"a":1')}}}`).ok).toBe(
          false,
        );
      },
    ],
    [
      "entries of a map",
      (size) => {
        const entries = Array.from({ length: size / 16 }, (_, i) => `"${i}":"x"`);
        expect(tryFromJsonString(maps, `{"byInt64":{${entries}}}`).ok).toBe(true);
      },
    ],
    [
      "digits of an integer",
      (size) => {
        expect(tryFromJsonString(scalars, `{"int64Value":"${"9".repeat(size)}"}`).ok).toBe(false);
      },
    ],
    [
      "zeros before an integer",
      (size) => {
        expect(tryFromJsonString(scalars, `{"int64Value":"${"0".repeat(size)}1"}`).ok).toBe(true);
      },
    ],
    [
      "white space around an integer",
      (size) => {
        expect(tryFromJsonString(scalars, `{"int32Value":"1${" ".repeat(size)}x"}`).ok).toBe(false);
      },
    ],
    [
      "digits of a duration",
      (size) => {
        expect(tryFromJsonString(tree, `{"timestamp":"${"1".repeat(size)}"}`).ok).toBe(false);
      },
    ],
    [
      "backslashes",
      (size) => {
        expect(
          tryFromJsonString(scalars, `{"text":"${"\\\\".repeat(size / 2)}\\"","text":1}`).ok,
        ).toBe(false);
      },
    ],
    [
      "quotes in a key",
      (size) => {
        expect(
          tryFromJsonString(scalars, `{"${'\\"'.repeat(size / 2)}":1,"text":1,"text":1}`).ok,
        ).toBe(false);
      },
    ],
    [
      "commas of a field mask",
      (size) => {
        const wellKnown = tsCodec(fixtures.get("codec.v1.WellKnown"));
        expect(tryFromJsonString(wellKnown, `{"fieldMask":"${",".repeat(size)}"}`).ok).toBe(true);
      },
    ],
    [
      "base64",
      (size) => {
        expect(tryFromJsonString(scalars, `{"bytesValue":"${"AAAA".repeat(size / 4)}"}`).ok).toBe(
          true,
        );
      },
    ],
  ])("2 MB take linear time: %s", (_, run) => {
    const start = performance.now();
    run(2 * megabyte);
    // Milliseconds if it is linear; a minute or more if it is quadratic.
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test("messages of errors stay short", () => {
    const long = "x".repeat(megabyte);
    const result = tryFromJson(tree, {
      [long]: { [long]: 1 },
      name: { [long]: 1 },
      named: { [long]: { [long]: long } },
      timestamp: long,
    });
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result).length).toBeLessThan(3_000);
  });
});

test("a value that is no JSON is refused", () => {
  for (const value of [undefined, () => 1, Symbol("s"), 1n, Number.NaN]) {
    expect(tryFromJson(scalars, { text: value }).ok).toBe(false);
    expect(tryFromJson(tree, { value: [value] }).ok).toBe(false);
  }
});

test("what other code adds to Object.prototype is refused, not read", () => {
  Object.defineProperty(Object.prototype, "name", {
    value: "inherited",
    enumerable: true,
    writable: true,
    configurable: true,
  });
  try {
    expect(fromJson(tree, {})).toMatchObject({ name: "" });
  } finally {
    Reflect.deleteProperty(Object.prototype, "name");
  }
});
