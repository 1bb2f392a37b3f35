import { ActionError } from "botwire";

/** A day of the Gregorian calendar. */
export interface CivilDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/**
 * Reads a day such as `2026-02-17`. A day that does not exist (30 February)
 * and a year outside of `firstYear` to `lastYear` are errors that name it.
 */
export function parseCivilDay(text: string, firstYear: number, lastYear: number): CivilDay {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || !exists(year, month, day)) {
    throw new ActionError("invalid_argument", `date: ${JSON.stringify(text)} is not a day`);
  }
  if (year < firstYear || year > lastYear) {
    throw new ActionError(
      "out_of_range",
      `date: ${text} is not between the years ${firstYear} and ${lastYear}`,
    );
  }
  return { year, month, day };
}

function exists(year: number, month: number, day: number): boolean {
  // Day 0 of the next month is the last of this one. 400 years later the
  // calendar is the same, and Date.UTC has no special meaning for years below 100.
  const daysInMonth = new Date(Date.UTC(year + 400, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
}
