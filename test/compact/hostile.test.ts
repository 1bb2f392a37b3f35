import { fromJsonString, toJsonString, tryFromJson, tryFromJsonString } from "botwire/compact";
import { afterEach, describe, expect, test } from "vitest";
import { deepTexts, nested } from "../codec/nesting.ts";
import { malformed, wellFormed } from "../hostile/json-inputs.ts";
import { table } from "./tables.ts";

const tree = table("Tree");
const lists = table("Lists");
const maps = table("Maps");
const scalars = table("Scalars");
const ignore = { unknownFields: "ignore" } as const;

afterEach(() => {
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

describe("the inputs of public JSON test suites", () => {
  test.each(malformed)("%j is no JSON", (text) => {
    for (const name of ["value", "struct", "children", "name", "unknown"]) {
      expect(tryFromJsonString(tree, `{"${name}":${text}}`, ignore).ok, name).toBe(false);
    }
  });

  test.each(wellFormed)("%j is JSON", (text) => {
    expect(tryFromJsonString(tree, `{"value":${text}}`)).toMatchObject({
      ok: true,
      message: { value: JSON.parse(text) },
    });
    expect(tryFromJsonString(tree, `{"unknown":${text}}`, ignore).ok).toBe(true);
  });
});

describe("prototypes", () => {
  test.each([
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"struct":{"__proto__":{"polluted":1}}}',
    '{"value":{"a":{"__proto__":{"polluted":1}}}}',
    '{"named":{"__proto__":{"name":"x"}}}',
  ])("%s", (text) => {
    const message = fromJsonString(tree, text, ignore);
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
  });

  test("__proto__ is an ordinary key of maps and structs", () => {
    const text = '{"named":{"__proto__":{"name":"x"}},"struct":{"__proto__":1}}';
    const message = fromJsonString(tree, text);
    const named: object = Reflect.get(message, "named");
    expect(Object.hasOwn(named, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(named)).toBe(Object.prototype);
    expect(toJsonString(tree, message)).toBe(text);
  });

  test("what other code adds to Object.prototype is not read", () => {
    Object.defineProperty(Object.prototype, "name", {
      value: "inherited",
      enumerable: true,
      writable: true,
      configurable: true,
    });
    try {
      expect(fromJsonString(tree, "{}")).toMatchObject({ name: "" });
      expect(toJsonString(tree, fromJsonString(tree, "{}"))).toBe("{}");
    } finally {
      Reflect.deleteProperty(Object.prototype, "name");
    }
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

  test("circles end, too", () => {
    const circle: Record<string, unknown> = {};
    circle["left"] = circle;
    circle["struct"] = circle;
    expect(tryFromJson(tree, circle).ok).toBe(false);
  });
});

describe("size", () => {
  const size = 2 << 20;
  const accepts = (codec: typeof tree, text: string) => tryFromJsonString(codec, text).ok;

  test.each<[string, boolean, () => boolean]>([
    [
      "unknown fields",
      false,
      () => accepts(tree, `{${Array.from({ length: size / 16 }, (_, i) => `"unknown${i}":1`)}}`),
    ],
    [
      "ignored fields",
      true,
      () =>
        tryFromJsonString(
          table("Wide"),
          `{${Array.from({ length: size / 16 }, (_, i) => `"unknown${i}":1`)}}`,
          ignore,
        ).ok,
    ],
    [
      "problems in a list",
      false,
      () => accepts(lists, `{"stringValue":[${Array(size / 8).fill("1")}]}`),
    ],
    ["duplicate keys", false, () => accepts(tree, `{"struct":{${Array(size / 8).fill('"a":1')}}}`)],
    [
      "entries of a map",
      true,
      () =>
        accepts(maps, `{"byInt64":{${Array.from({ length: size / 16 }, (_, i) => `"${i}":"x"`)}}}`),
    ],
    ["digits of an integer", false, () => accepts(scalars, `{"int64Value":"${"9".repeat(size)}"}`)],
    [
      "white space around an integer",
      false,
      () => accepts(scalars, `{"int32Value":"1${" ".repeat(size)}x"}`),
    ],
    ["digits of a time", false, () => accepts(tree, `{"timestamp":"${"1".repeat(size)}"}`)],
    [
      "digits of a duration",
      false,
      () => accepts(table("WellKnown"), `{"duration":"${"1".repeat(size)}"}`),
    ],
    [
      "backslashes",
      false,
      () => accepts(scalars, `{"text":"${"\\\\".repeat(size / 2)}\\"","text":1}`),
    ],
    [
      "quotes in a key",
      false,
      () => accepts(scalars, `{"${'\\"'.repeat(size / 2)}":1,"text":1,"text":1}`),
    ],
    ["quotes and colons", true, () => accepts(scalars, `{"text":"${'\\":'.repeat(size / 3)}"}`)],
    ["white space", true, () => accepts(scalars, `{"text"${" ".repeat(size)}:"a"}`)],
    [
      "commas of a field mask",
      true,
      () => accepts(table("WellKnown"), `{"fieldMask":"${",".repeat(size)}"}`),
    ],
    ["base64", true, () => accepts(scalars, `{"bytesValue":"${"AAAA".repeat(size / 4)}"}`)],
  ])("2 MB take linear time: %s", (_, isAccepted, run) => {
    const start = performance.now();
    expect(run()).toBe(isAccepted);
    // Milliseconds if it is linear; a minute or more if it is quadratic.
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test("messages of errors stay short", () => {
    const long = "x".repeat(1 << 20);
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
