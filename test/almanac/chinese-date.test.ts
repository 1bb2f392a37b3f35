import { ActionError } from "botwire";
import { describe, expect, test } from "vitest";
import { getChineseDate } from "../../examples/almanac/chinese-date.ts";

describe("getChineseDate", () => {
  test.each([
    // New years, and the days before.
    ["2024-02-10", "甲辰年正月初一"],
    ["2025-01-29", "乙巳年正月初一"],
    ["2026-02-17", "丙午年正月初一"],
    ["2026-02-16", "乙巳年十二月廿九"],
    // Leap months: their first and last days, and those around them.
    ["2023-03-21", "癸卯年二月三十"],
    ["2023-03-22", "癸卯年闰二月初一"],
    ["2023-04-19", "癸卯年闰二月廿九"],
    ["2023-04-20", "癸卯年三月初一"],
    ["2025-07-24", "乙巳年六月三十"],
    ["2025-07-25", "乙巳年闰六月初一"],
    ["2025-08-22", "乙巳年闰六月廿九"],
    ["2025-08-23", "乙巳年七月初一"],
    // The disputed one: without its leap eleventh month, 2033 would break the rules.
    ["2033-12-22", "癸丑年闰十一月初一"],
    // Festivals: mid-autumn and double ninth.
    ["2026-09-25", "丙午年八月十五"],
    ["2026-10-18", "丙午年九月初九"],
    // A new moon four minutes before midnight, and one seven minutes after it.
    ["2027-02-06", "丁未年正月初一"],
    ["2030-02-03", "庚戌年正月初一"],
    ["2030-02-02", "己酉年十二月三十"],
    // The ends of the range.
    ["1645-01-28", "乙酉年正月初一"],
    ["2200-12-31", "庚子年十一月廿五"],
  ])("%s is %s", (date, text) => {
    expect(getChineseDate({ date }).text).toBe(text);
  });

  test("tells the parts of a date", () => {
    expect(getChineseDate({ date: "2025-08-01" })).toEqual({
      cyclicalYear: "乙巳",
      zodiac: "Snake",
      month: 6,
      leapMonth: true,
      day: 8,
      text: "乙巳年闰六月初八",
    });
  });

  test("the animals follow each other for twelve years", () => {
    const years = Array.from({ length: 12 }, (_, i) => 2020 + i);
    expect(years.map((year) => getChineseDate({ date: `${year}-06-01` }).zodiac)).toEqual(
      "Rat Ox Tiger Rabbit Dragon Snake Horse Goat Monkey Rooster Dog Pig".split(" "),
    );
  });

  test.each(["2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00"])(
    "refuses %s, which is no day",
    (date) => {
      expect(() => getChineseDate({ date })).toThrow(
        new ActionError("invalid_argument", `date: "${date}" is not a day`),
      );
    },
  );

  test.each(["1644-12-31", "2201-01-01", "0000-01-01", "9999-12-31"])(
    "refuses %s, which is out of range",
    (date) => {
      expect(() => getChineseDate({ date })).toThrow(
        new ActionError("out_of_range", `date: ${date} is not between the years 1645 and 2200`),
      );
    },
  );
});

// The years from 1900 to 2100 in which ICU puts a month's beginning on another
// day. In each, the new moon (or the solar term that decides on a leap month) is
// within minutes of midnight. Newer versions of ICU may know better.
const knownToDiffer = new Set([1917, 1922, 1954, 1955, 1987, 1999, 2012, 2018, 2027, 2030, 2070]);

// A month that begins on another day differs on all its days, so that looking
// once a week is enough.
test("agrees with Intl in two centuries but for the known months", () => {
  const format = new Intl.DateTimeFormat("en-u-ca-chinese", {
    timeZone: "UTC",
    month: "numeric",
    day: "numeric",
  });
  const differing = new Set<number>();
  for (let day = Date.UTC(1900, 0, 1); day < Date.UTC(2101, 0, 1); day += 7 * 86_400_000) {
    const date = new Date(day);
    const ours = getChineseDate({ date: date.toISOString().slice(0, 10) });
    if (format.format(date) !== `${ours.month}${ours.leapMonth ? "bis" : ""}/${ours.day}`) {
      differing.add(date.getUTCFullYear());
    }
  }
  expect([...differing].filter((year) => !knownToDiffer.has(year))).toEqual([]);
});
