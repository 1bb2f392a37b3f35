import { ActionError, type Init } from "botwire";
import { describe, expect, test } from "vitest";
import { getSunTimes } from "../../examples/almanac/sun-times.ts";
import { dateOf } from "../../examples/almanac/timestamp.ts";
import { PolarState } from "../../generated/types/almanac/v1/almanac.ts";
import type { Timestamp } from "../../generated/types/google/protobuf/timestamp.ts";

const place = (latitude: number, longitude: number) => ({ latitude, longitude });

const london = place(51.5074, -0.1278);
const newYork = place(40.7128, -74.006);
const sydney = place(-33.8688, 151.2093);
const beijing = place(39.9042, 116.4074);
const tokyo = place(35.6762, 139.6503);
const reykjavik = place(64.1466, -21.9426);
const auckland = place(-36.8485, 174.7633);
const honolulu = place(21.3069, -157.8583);
const suva = place(-18.1248, 178.4501);
const quito = place(-0.1807, -78.4678);
const tromso = place(69.6492, 18.9553);
const mcMurdo = place(-77.85, 166.67);

describe("getSunTimes", () => {
  // Computed with another library on another theory (astronomy-engine 2.1,
  // VSOP87), and as printed almanacs have them.
  test.each([
    ["London", london, "2024-06-21", "2024-06-21T03:43Z", "2024-06-21T12:02Z", "2024-06-21T20:22Z"],
    [
      "New York",
      newYork,
      "2024-12-21",
      "2024-12-21T12:17Z",
      "2024-12-21T16:54Z",
      "2024-12-21T21:32Z",
    ],
    ["Sydney", sydney, "2024-12-21", "2024-12-20T18:41Z", "2024-12-21T01:53Z", "2024-12-21T09:06Z"],
    [
      "Beijing",
      beijing,
      "2026-06-21",
      "2026-06-20T20:46Z",
      "2026-06-21T04:16Z",
      "2026-06-21T11:46Z",
    ],
    ["Tokyo", tokyo, "2024-03-20", "2024-03-19T20:45Z", "2024-03-20T02:49Z", "2024-03-20T08:53Z"],
    ["Quito", quito, "1950-03-21", "1950-03-21T11:18Z", "1950-03-21T17:21Z", "1950-03-21T23:24Z"],
    // Sunset after midnight belongs to the day before.
    [
      "Reykjavik",
      reykjavik,
      "2024-06-21",
      "2024-06-21T02:55Z",
      "2024-06-21T13:30Z",
      "2024-06-22T00:04Z",
    ],
    // On both sides of the date line, the day is the one that clocks show.
    [
      "Auckland",
      auckland,
      "2026-01-01",
      "2025-12-31T17:05Z",
      "2026-01-01T00:24Z",
      "2026-01-01T07:43Z",
    ],
    ["Suva", suva, "2026-06-21", "2026-06-20T18:37Z", "2026-06-21T00:08Z", "2026-06-21T05:39Z"],
    [
      "Honolulu",
      honolulu,
      "2025-07-04",
      "2025-07-04T15:54Z",
      "2025-07-04T22:36Z",
      "2025-07-05T05:18Z",
    ],
  ])("%s %o on %s", (_name, where, date, sunrise, solarNoon, sunset) => {
    const times = getSunTimes({ place: where, date });
    expectWithinMinutes(times.sunrise, sunrise);
    expectWithinMinutes(times.solarNoon, solarNoon);
    expectWithinMinutes(times.sunset, sunset);
    expect(times.polarState).toBe(PolarState.POLAR_STATE_UNSPECIFIED);
  });

  test.each([
    ["Tromsø in summer", tromso, "2026-06-21", PolarState.POLAR_STATE_DAY, "2026-06-21T10:46Z"],
    ["Tromsø in winter", tromso, "2026-12-21", PolarState.POLAR_STATE_NIGHT, "2026-12-21T10:42Z"],
    ["McMurdo in summer", mcMurdo, "2025-12-21", PolarState.POLAR_STATE_DAY, "2025-12-21T00:51Z"],
    ["the north pole", place(90, 0), "2026-06-21", PolarState.POLAR_STATE_DAY, "2026-06-21T12:02Z"],
    [
      "the south pole",
      place(-90, 0),
      "2026-06-21",
      PolarState.POLAR_STATE_NIGHT,
      "2026-06-21T12:02Z",
    ],
  ])("%s has neither sunrise nor sunset", (_name, where, date, polarState, solarNoon) => {
    const times = getSunTimes({ place: where, date });
    expect(times).toMatchObject({ sunrise: undefined, sunset: undefined, polarState });
    expectWithinMinutes(times.solarNoon, solarNoon);
  });

  test("the two sides of the antimeridian see the same sun a day apart", () => {
    const west = getSunTimes({ place: place(0, 180), date: "2026-03-02" });
    const east = getSunTimes({ place: place(0, -180), date: "2026-03-01" });
    expect(west.solarNoon).toEqual(east.solarNoon);
  });

  test("refuses a missing place, days that do not exist and years out of range", () => {
    expect(() => getSunTimes({ date: "2026-06-21" })).toThrow(
      new ActionError("invalid_argument", "place: value is required"),
    );
    expect(() => getSunTimes({ place: london, date: "2026-06-31" })).toThrow(
      new ActionError("invalid_argument", 'date: "2026-06-31" is not a day'),
    );
    expect(() => getSunTimes({ place: london, date: "1899-12-31" })).toThrow(
      new ActionError("out_of_range", "date: 1899-12-31 is not between the years 1900 and 2150"),
    );
  });
});

function expectWithinMinutes(actual: Init<Timestamp> | undefined, expected: string) {
  const { seconds = 0n, nanos = 0 } = actual ?? {};
  const difference = dateOf({ seconds, nanos }, "actual").getTime() - Date.parse(expected);
  expect(Math.abs(difference)).toBeLessThan(60_000);
}
