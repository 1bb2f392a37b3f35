import { fromJsonString, toJsonString } from "botwire/codec";
import { expect, test } from "vitest";
import { createRandom } from "../fuzz/codec/random.ts";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();
const lists = tsCodec(fixtures.get("codec.v1.Lists"));

const first = Date.parse("0001-01-01T00:00:00Z");
const last = Date.parse("9999-12-31T23:59:59Z");

/** Milliseconds of times of all years, and of days that calendars are wrong about. */
function times(): number[] {
  const random = createRandom(14);
  const result = [first, last, 0, -1000, 86_399_000, 86_400_000];
  for (const year of ["0004", "1600", "1900", "1970", "2000", "2100", "2400"]) {
    for (const day of ["01-01", "02-28", "03-01", "12-31"]) {
      result.push(Date.parse(`${year}-${day}T00:00:00Z`), Date.parse(`${year}-${day}T23:59:59Z`));
    }
  }
  for (let i = 0; i < 20_000; i++) {
    result.push(first + Math.floor((random.next() * (last - first)) / 1000) * 1000);
  }
  return result;
}

test("prints and reads times as Date does", () => {
  const timestamp = times().map((time) => ({ seconds: BigInt(time / 1000), nanos: 0 }));
  const texts = times().map((time) => new Date(time).toISOString().replace(".000", ""));
  const json = JSON.stringify({ timestamp: texts });
  expect(toJsonString(lists, lists.init({ timestamp } as object)) === json).toBe(true);
  expect(toJsonString(lists, fromJsonString(lists, json)) === json).toBe(true);
});

test.each([
  [0, ""],
  [1, ".000000001"],
  [10, ".000000010"],
  [999, ".000000999"],
  [1_000, ".000001"],
  [120_000, ".000120"],
  [1_000_000, ".001"],
  [120_000_000, ".120"],
  [999_999_999, ".999999999"],
])("prints %i nanoseconds as %j", (nanos, fraction) => {
  const message = lists.init({ timestamp: [{ seconds: 59n, nanos }] } as object);
  const json = `{"timestamp":["1970-01-01T00:00:59${fraction}Z"]}`;
  expect(toJsonString(lists, message)).toBe(json);
  expect(fromJsonString(lists, json)).toEqual(message);
});

test("refuses parts of nanoseconds", () => {
  const message = lists.init({ timestamp: [{ seconds: 0n, nanos: 0.5 }] } as object);
  expect(() => toJsonString(lists, message)).toThrow(
    "timestamp[0]: expected nanos from 0 to 999999999, got 0.5",
  );
});
