import { toJsonString } from "botwire/codec";
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
  for (let i = 0; i < 50_000; i++) {
    int32Value.push(((random.next() - 0.5) * 10 ** (i % 10)) | 0);
    int64Value.push(BigInt(Math.round((random.next() - 0.5) * 10 ** (i % 18))));
  }
  const json = toJsonString(lists, lists.init({ int32Value, int64Value } as object));
  const expected = { int32Value, int64Value: int64Value.map(String) };
  expect(json === JSON.stringify(expected)).toBe(true);
});
