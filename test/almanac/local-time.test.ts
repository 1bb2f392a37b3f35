import { ActionError } from "botwire";
import { describe, expect, test } from "vitest";
import { getLocalTime } from "../../examples/almanac/local-time.ts";
import { timestampOf } from "../../examples/almanac/timestamp.ts";
import { Weekday } from "../../generated/types/almanac/v1/almanac.ts";

function at(timeZone: string, moment: string) {
  return getLocalTime({ timeZone, at: timestampOf(new Date(moment)) });
}

describe("getLocalTime", () => {
  test.each([
    // No daylight saving time.
    ["Asia/Shanghai", "2026-02-17T00:30:00Z", "2026-02-17T08:30:00+08:00"],
    ["UTC", "2026-02-17T00:30:00Z", "2026-02-17T00:30:00Z"],
    // Offsets that are no whole hours.
    ["Asia/Kolkata", "2026-02-17T00:30:00Z", "2026-02-17T06:00:00+05:30"],
    ["Asia/Kathmandu", "2026-02-17T00:30:00Z", "2026-02-17T06:15:00+05:45"],
    ["America/St_Johns", "2026-02-17T00:30:00Z", "2026-02-16T21:00:00-03:30"],
    ["Pacific/Chatham", "2026-02-17T00:30:00Z", "2026-02-17T14:15:00+13:45"],
    // The ends of the world's days.
    ["Pacific/Kiritimati", "2026-02-17T00:30:00Z", "2026-02-17T14:30:00+14:00"],
    ["Pacific/Pago_Pago", "2026-02-17T00:30:00Z", "2026-02-16T13:30:00-11:00"],
    // The second before and after the clocks change.
    ["Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"],
    ["Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"],
    ["Europe/Berlin", "2026-10-25T00:59:59Z", "2026-10-25T02:59:59+02:00"],
    ["Europe/Berlin", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"],
    ["America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T01:59:59-05:00"],
    ["America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T03:00:00-04:00"],
    // Half an hour of daylight saving time.
    ["Australia/Lord_Howe", "2026-01-01T00:00:00Z", "2026-01-01T11:00:00+11:00"],
    ["Australia/Lord_Howe", "2026-07-01T00:00:00Z", "2026-07-01T10:30:00+10:30"],
    // Local mean time, before there were time zones.
    ["Asia/Shanghai", "1890-01-01T00:00:00Z", "1890-01-01T08:05:43+08:05:43"],
    // Fractions of a second are cut, also before 1970.
    ["UTC", "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59Z"],
  ])("%s at %s is %s", (timeZone, moment, time) => {
    expect(at(timeZone, moment).time).toBe(time);
  });

  test.each([
    ["America/St_Johns", -12_600n],
    ["Asia/Kathmandu", 20_700n],
    ["UTC", 0n],
  ])("%s has a UTC offset of %s seconds", (timeZone, seconds) => {
    expect(at(timeZone, "2026-02-17T00:30:00Z").utcOffset).toEqual({ seconds, nanos: 0 });
  });

  test("the weekday is the local one", () => {
    expect(at("Asia/Shanghai", "2026-02-16T23:00:00Z").weekday).toBe(Weekday.WEEKDAY_TUESDAY);
    expect(at("UTC", "2026-02-16T23:00:00Z").weekday).toBe(Weekday.WEEKDAY_MONDAY);
    expect(at("UTC", "2026-02-15T23:00:00Z").weekday).toBe(Weekday.WEEKDAY_SUNDAY);
  });

  test("without a moment it is now", () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const told = Date.parse(getLocalTime({ timeZone: "Asia/Shanghai" }).time ?? "");
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
  });

  test.each(["Mars/Olympus", "__proto__", 'a"\n', "+25:00"])(
    "refuses the zone %j by name",
    (zone) => {
      expect(() => getLocalTime({ timeZone: zone })).toThrow(
        new ActionError(
          "invalid_argument",
          `time_zone: ${JSON.stringify(zone)} is not a known IANA time zone`,
        ),
      );
    },
  );

  test.each([2n ** 63n - 1n, -(2n ** 63n), 8_640_000_000_000n])(
    "refuses the moment %s",
    (seconds) => {
      expect(() => getLocalTime({ timeZone: "Asia/Shanghai", at: { seconds, nanos: 0 } })).toThrow(
        new ActionError("invalid_argument", "at is out of range"),
      );
    },
  );
});
