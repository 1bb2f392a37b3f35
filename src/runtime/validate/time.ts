import type { Moment } from "./violation-collector.ts";

/**
 * Compares two timestamps, or two durations: negative if the first is less,
 * zero if they are equal, positive if it is greater.
 */
export function compareTime(a: Moment, b: Moment): number {
  return a.seconds < b.seconds ? -1 : a.seconds > b.seconds ? 1 : a.nanos - b.nanos;
}

/** Whether a timestamp or duration is one of a list. */
export function isOneOfTimes(value: Moment, list: readonly Moment[]): boolean {
  return list.some((other) => compareTime(value, other) === 0);
}

/** Whether a timestamp is at most a duration away from the present. */
export function isWithin(value: Moment, duration: Moment, now: Moment): boolean {
  const distance = nanosOf(value) - nanosOf(now);
  const limit = nanosOf(duration);
  return -limit <= distance && distance <= limit;
}

function nanosOf({ seconds, nanos }: Moment): bigint {
  return seconds * 1_000_000_000n + BigInt(nanos);
}
