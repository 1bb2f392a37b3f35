import { describe, expect, it } from "vitest";
import {
  compareTime,
  countEntries,
  endsWithBytes,
  equalBytes,
  equalPaths,
  hasNoPaths,
  hasOnlyPaths,
  includesBytes,
  isEmail,
  isOneOfBytes,
  isUnique,
  isUniqueBytes,
  isUniqueNumbers,
  isUuid,
  isWithin,
  RuleError,
  startsWithBytes,
  textOf,
} from "../../src/validate.ts";

const bytes = (...values: number[]) => Uint8Array.of(...values);

describe("uniqueness", () => {
  it("takes NaN for something else than itself, and both zeros for one", () => {
    const many = Array.from({ length: 20 }, (_, i) => i + 1);
    for (const rest of [[], many]) {
      expect(isUniqueNumbers([...rest, NaN, NaN])).toBe(true);
      expect(isUniqueNumbers([...rest, 0, -0])).toBe(false);
      expect(isUnique([...rest, 1.5, 2.5])).toBe(true);
      expect(isUnique([...rest, 30, 30])).toBe(false);
    }
    expect(isUnique([1n, 2n, 1n])).toBe(false);
    expect(isUnique(["a", "A", "a"])).toBe(false);
    expect(isUnique([])).toBe(true);
  });

  it("looks into bytes", () => {
    expect(isUniqueBytes([bytes(1, 2), bytes(12), bytes()])).toBe(true);
    expect(isUniqueBytes([bytes(1, 2), bytes(1, 2)])).toBe(false);
  });
});

describe("bytes", () => {
  it("are compared from a place on", () => {
    const value = bytes(1, 2, 3);
    expect(equalBytes(value, [1, 2, 3])).toBe(true);
    expect(equalBytes(value, [1, 2])).toBe(false);
    expect(startsWithBytes(value, [1, 2])).toBe(true);
    expect(startsWithBytes(value, [1, 2, 3, 4])).toBe(false);
    expect(endsWithBytes(value, [2, 3])).toBe(true);
    expect(endsWithBytes(value, [0, 1, 2, 3])).toBe(false);
    expect(includesBytes(value, [2])).toBe(true);
    expect(includesBytes(value, [])).toBe(true);
    expect(includesBytes(value, [3, 4])).toBe(false);
    expect(isOneOfBytes(value, [[], [1, 2, 3]])).toBe(true);
  });

  it("must be text where a pattern asks for it", () => {
    expect(textOf(bytes(0xc3, 0xa9), "bytes.pattern")).toBe("é");
    expect(() => textOf(bytes(0xff), "bytes.pattern")).toThrow(
      new RuleError('rule "bytes.pattern" is about text, but the bytes are not UTF-8'),
    );
  });
});

describe("times", () => {
  const at = (seconds: bigint, nanos = 0) => ({ seconds, nanos });

  it("are ordered by seconds, then nanoseconds", () => {
    expect(compareTime(at(1n, 5), at(1n, 5))).toBe(0);
    expect(compareTime(at(1n, 4), at(1n, 5))).toBeLessThan(0);
    expect(compareTime(at(2n), at(1n, 5))).toBeGreaterThan(0);
    expect(compareTime(at(-1n), at(0n))).toBeLessThan(0);
  });

  it("lie within a duration of the present, its ends included", () => {
    const now = at(100n, 500_000_000);
    expect(isWithin(at(101n, 500_000_000), at(1n), now)).toBe(true);
    expect(isWithin(at(101n, 500_000_001), at(1n), now)).toBe(false);
    expect(isWithin(at(99n, 500_000_000), at(1n), now)).toBe(true);
    expect(isWithin(at(99n, 499_999_999), at(1n), now)).toBe(false);
  });
});

describe("field masks", () => {
  it("cover what is below a path", () => {
    expect(hasOnlyPaths(["a", "a.b", "c.d"], ["a", "c"])).toBe(true);
    expect(hasOnlyPaths(["ab"], ["a"])).toBe(false);
    expect(hasNoPaths(["ab", "c"], ["a"])).toBe(true);
    expect(hasNoPaths(["a.b"], ["a"])).toBe(false);
    expect(equalPaths(["a", "b"], ["a", "b"])).toBe(true);
    expect(equalPaths(["a", "b"], ["b", "a"])).toBe(false);
  });
});

it("counts the entries of a map with any keys", () => {
  expect(countEntries({})).toBe(0);
  expect(countEntries({ constructor: 1, toString: 2 })).toBe(2);
});

it("reads email addresses of any length", () => {
  const labels = (n: number) => `a${".b".repeat(n)}`;
  expect(isEmail(`x@${labels(1_000_000)}`)).toBe(true);
  expect(isEmail(`x@${labels(1_000_000)}.`)).toBe(false);
  expect(isEmail(`x y@${labels(1_000_000)}`)).toBe(false);
  expect(isEmail(labels(1_000_000))).toBe(false);
  expect(isEmail(`${"l".repeat(99)}@${"a".repeat(63)}.b`)).toBe(true);
  expect(isEmail(`l@${"a".repeat(64)}.b`)).toBe(false);
  expect(isEmail(`l@b.${"a".repeat(64)}`)).toBe(false);
  expect(isEmail(`l@${"a".repeat(62)}.l@b`)).toBe(false);
  expect(isEmail(`${"l".repeat(99)}@`)).toBe(false);
});

it("reads UUIDs of any case, and nothing that is only like them", () => {
  const uuid = "01234567-89ab-cdef-ABCD-EF0123456789";
  expect(isUuid(uuid)).toBe(true);
  for (let i = 0; i < uuid.length; i++) {
    for (const other of ["/", ":", "@", "G", "`", "g", "-", "0", "\u0141", "\u2d2d"]) {
      const text = uuid.slice(0, i) + other + uuid.slice(i + 1);
      expect(isUuid(text)).toBe((other === "-") === (uuid[i] === "-") && /[-0]/.test(other));
    }
  }
  expect(isUuid(uuid.slice(1))).toBe(false);
  expect(isUuid(`${uuid}0`)).toBe(false);
  expect(isUuid("")).toBe(false);
});
