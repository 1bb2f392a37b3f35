import type { Moment } from "../violation-collector.ts";

/* All of a duration in a unit, rounded towards zero. */

export function hoursOfDuration({ seconds }: Moment): bigint {
  return seconds / 3600n;
}

export function minutesOfDuration({ seconds }: Moment): bigint {
  return seconds / 60n;
}

export function secondsOfDuration({ seconds }: Moment): bigint {
  return seconds;
}

/** Only what is left below a second. */
export function millisecondsOfDuration({ nanos }: Moment): bigint {
  return BigInt(Math.trunc(nanos / 1_000_000));
}
