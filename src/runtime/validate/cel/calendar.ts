import type { Moment } from "../violation-collector.ts";
import { fail } from "./cel-error.ts";

/** What a Date holds, less what a time zone may add. */
const maxMilliseconds = 8_640_000_000_000_000 - 101 * 3_600_000;

/**
 * A timestamp in a time zone, as a date whose UTC parts are the local ones.
 *
 * @param zone a name such as `Europe/Zurich`, or an offset such as `-05:30`; fails if no calendar has its day
 */
function local({ seconds, nanos }: Moment, zone: string | undefined): Date {
  const milliseconds = Number(seconds) * 1000 + Math.floor(nanos / 1_000_000);
  if (Math.abs(milliseconds) > maxMilliseconds) {
    fail("the timestamp is out of range");
  }
  return new Date(milliseconds + (zone === undefined ? 0 : offset(milliseconds, zone)));
}

/** How many milliseconds local time is ahead of UTC. */
function offset(milliseconds: number, zone: string): number {
  const fixed = /^([+-]?)(\d\d):(\d\d)$/.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return (fixed[1] === "-" ? -minutes : minutes) * 60_000;
  }
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const date = new Date(0);
  date.setUTCFullYear(part("year"), part("month") - 1, part("day"));
  date.setUTCHours(part("hour"), part("minute"), part("second"));
  const whole = Math.floor(milliseconds / 1000) * 1000;
  return date.getTime() - whole;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** How many formatters are kept: they take long to make, but zones may be anyone's input. */
const maxFormatters = 100;

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = createFormatter(zone);
    if (formatters.size >= maxFormatters) {
      formatters.clear();
    }
    formatters.set(zone, formatter);
  }
  return formatter;
}

function createFormatter(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return fail("there is no such time zone");
  }
}

export function fullYear(time: Moment, zone?: string): number {
  return local(time, zone).getUTCFullYear();
}

/** From 0 for January. */
export function month(time: Moment, zone?: string): number {
  return local(time, zone).getUTCMonth();
}

/** The day of the month, from 1. */
export function dayOfMonth(time: Moment, zone?: string): number {
  return local(time, zone).getUTCDate();
}

/** The day of the month, from 0. */
export function dayOfMonthFromZero(time: Moment, zone?: string): number {
  return dayOfMonth(time, zone) - 1;
}

/** The day of the week, from 0 for Sunday. */
export function dayOfWeek(time: Moment, zone?: string): number {
  return local(time, zone).getUTCDay();
}

/** The day of the year, from 0. */
export function dayOfYear(time: Moment, zone?: string): number {
  const date = local(time, zone);
  const start = new Date(date);
  start.setUTCMonth(0, 1);
  return Math.round((date.getTime() - start.getTime()) / 86_400_000);
}

export function hours(time: Moment, zone?: string): number {
  return local(time, zone).getUTCHours();
}

export function minutes(time: Moment, zone?: string): number {
  return local(time, zone).getUTCMinutes();
}

export function seconds(time: Moment, zone?: string): number {
  return local(time, zone).getUTCSeconds();
}

export function milliseconds(time: Moment, zone?: string): number {
  return local(time, zone).getUTCMilliseconds();
}
