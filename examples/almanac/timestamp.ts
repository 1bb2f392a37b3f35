import { ActionError } from "botwire";
import type { Duration } from "../../generated/types/google/protobuf/duration.ts";
import type { Timestamp } from "../../generated/types/google/protobuf/timestamp.ts";

/**
 * Converts a timestamp to a date, cut to milliseconds. The binary encoding can
 * carry moments that no `Date` can express; `field` names the culprit then.
 */
export function dateOf(timestamp: Timestamp, field: string): Date {
  const date = new Date(Number(timestamp.seconds) * 1000 + Math.floor(timestamp.nanos / 1e6));
  if (Number.isNaN(date.getTime())) {
    throw new ActionError("invalid_argument", `${field} is out of range`);
  }
  return date;
}

/** Converts a date to a timestamp. */
export function timestampOf(date: Date): Timestamp {
  const seconds = Math.floor(date.getTime() / 1000);
  return { seconds: BigInt(seconds), nanos: (date.getTime() - seconds * 1000) * 1e6 };
}

/** The length of a duration in milliseconds. */
export function millisecondsOf(duration: Duration): number {
  return Number(duration.seconds) * 1000 + duration.nanos / 1e6;
}
