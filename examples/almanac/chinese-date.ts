import type { Init } from "botwire";
import { SolarDay } from "tyme4ts";
import type {
  GetChineseDateRequest,
  GetChineseDateResponse,
} from "../../generated/types/almanac/v1/almanac.ts";
import { parseCivilDay } from "./civil-day.ts";

// The calendar's present rules are from 1645. Some centuries ahead, the minutes
// between a new moon and midnight, which decide on a month, cannot be known.
const firstYear = 1645;
const lastYear = 2200;

/** The animals in the order of the earthly branches. */
const animals = [
  "Rat",
  "Ox",
  "Tiger",
  "Rabbit",
  "Dragon",
  "Snake",
  "Horse",
  "Goat",
  "Monkey",
  "Rooster",
  "Dog",
  "Pig",
] as const;

/**
 * Tells the date of a day in the traditional Chinese calendar.
 *
 * `Intl.DateTimeFormat` knows this calendar too, but its astronomy is too coarse
 * for new moons near midnight: with ICU 78 the new year of 2027 is a day late,
 * and 1987 lacks its leap month. A test lists where the two differ.
 */
export function getChineseDate(request: GetChineseDateRequest): Init<GetChineseDateResponse> {
  const { year, month, day } = parseCivilDay(request.date, firstYear, lastYear);
  const lunarDay = SolarDay.fromYmd(year, month, day).getLunarDay();
  const lunarMonth = lunarDay.getLunarMonth();
  const cyclicalYear = lunarMonth.getLunarYear().getSixtyCycle();
  return {
    cyclicalYear: cyclicalYear.getName(),
    zodiac: animals[cyclicalYear.getEarthBranch().getIndex()],
    month: lunarMonth.getMonth(),
    leapMonth: lunarMonth.isLeap(),
    day: lunarDay.getDay(),
    text: `${cyclicalYear.getName()}年${lunarMonth.getName()}${lunarDay.getName()}`,
  };
}
