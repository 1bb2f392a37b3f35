import { fromJsonString, toJsonString } from "botwire/codec";
import { expect, test } from "vitest";
import { createRandom } from "../fuzz/codec/random.ts";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();
const lists = tsCodec(fixtures.get("codec.v1.Lists"));

test("prints doubles as JSON.stringify does", () => {
  const random = createRandom(11);
  const doubleValue = [0.1, -0.001, 4.35, 1.005, 1e21, 1e-7, 5e-324, 123456789012.345, 2 ** 53];
  for (let i = 0; i < 200_000; i++) {
    const half = random.next() - 0.5;
    doubleValue.push(
      half * 10 ** ((i % 40) - 10),
      Math.round(half * 1e9) / 1000,
      Math.round(half * 10 ** (i % 17)) / 10 ** (i % 5),
    );
  }
  const json = toJsonString(lists, lists.init({ doubleValue } as object));
  expect(json === `{"doubleValue":${JSON.stringify(doubleValue)}}`).toBe(true);
});

test("prints integers as JSON.stringify does", () => {
  const random = createRandom(12);
  const int32Value = [0, -1, 9, 10, 99, 2147483647, -2147483648];
  const int64Value = [0n, -1n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)];
  for (let power = 8; power <= 18; power++) {
    for (let step = -3n; step <= 3n; step++) {
      int64Value.push(10n ** BigInt(power) + step, -(10n ** BigInt(power)) + step);
    }
  }
  for (let i = 0; i < 50_000; i++) {
    const billions = BigInt(Math.floor(random.next() * 9e9)) * 1_000_000_000n;
    int64Value.push(billions + BigInt(i % 3) - 1n, billions + BigInt(i));
    int32Value.push(((random.next() - 0.5) * 10 ** (i % 10)) | 0);
    int64Value.push(BigInt(Math.round((random.next() - 0.5) * 10 ** (i % 18))));
  }
  const json = toJsonString(lists, lists.init({ int32Value, int64Value } as object));
  const expected = { int32Value, int64Value: int64Value.map(String) };
  expect(json === JSON.stringify(expected)).toBe(true);
});

test("reads integers in quotes as BigInt does", () => {
  const random = createRandom(13);
  const digits = (length: number) =>
    Array.from({ length }, () => Math.floor(random.next() * 10)).join("");
  const uint64Value = ["0", "00", "0x1f", "1".padStart(21, "0"), String(2n ** 64n - 1n)];
  const int64Value = ["-0", "-1", String(2n ** 63n - 1n), String(-(2n ** 63n))];
  for (let i = 0; i < 20_000; i++) {
    uint64Value.push(digits(1 + (i % 19)));
    int64Value.push(digits(1 + (i % 18)), `-${digits(1 + (i % 18))}`);
  }
  const read = fromJsonString(lists, JSON.stringify({ int64Value, uint64Value })) as {
    readonly int64Value: readonly bigint[];
    readonly uint64Value: readonly bigint[];
  };
  // As text, because to compare values one by one takes long.
  expect(read.int64Value.join()).toBe(int64Value.map(BigInt).join());
  expect(read.uint64Value.join()).toBe(uint64Value.map(BigInt).join());
});

test.each(["", "9".repeat(19), "1.5", "12345678901234567890", "1\u0660"])(
  "refuses %j as int64",
  (text) => {
    expect(() => fromJsonString(lists, JSON.stringify({ int64Value: [text] }))).toThrow(
      "int64Value[0]: expected int64",
    );
  },
);
