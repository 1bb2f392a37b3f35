import type { ValueType } from "../value-type.ts";
import { type Time, time } from "./time.ts";

const pad = (number: number, length = 2) => String(number).padStart(length, "0");

/** A time in UTC, without its fraction. A process takes long for its first `toISOString`. */
function format(seconds: number): string {
  const date = new Date(seconds * 1000);
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}T${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;
}

/** A `google.protobuf.Timestamp`: in JSON an RFC 3339 string. */
export const timestamp: ValueType<Time> = /* @__PURE__ */ time(
  "google.protobuf.Timestamp",
  "RFC 3339 time",
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/,
  "expected a time in the years 1 to 9999",
  -62_135_596_800,
  253_402_300_799,
  0,
  // Without its fraction, because dates have no more than milliseconds.
  (match) => Date.parse(match[0].slice(0, 19) + match[2]) / 1000,
  (seconds, _, fraction) => `${format(seconds)}${fraction}Z`,
);
