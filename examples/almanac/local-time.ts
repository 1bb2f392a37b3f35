import { ActionError, type Init } from "botwire";
import {
  type GetLocalTimeRequest,
  type GetLocalTimeResponse,
  Weekday,
} from "../../generated/types/almanac/v1/almanac.ts";
import { dateOf } from "./timestamp.ts";

/** Tells the local time in a time zone, now unless the request names a moment. */
export function getLocalTime(request: GetLocalTimeRequest): Init<GetLocalTimeResponse> {
  const at = request.at === undefined ? new Date() : dateOf(request.at, "at");
  const offset = utcOffset(request.timeZone, at);
  const local = new Date(at.getTime() + offset * 1000);
  if (Number.isNaN(local.getTime())) {
    throw new ActionError("invalid_argument", "at is out of range");
  }
  return {
    time: local.toISOString().replace(/\.\d+Z$/, offsetText(offset)),
    utcOffset: { seconds: BigInt(offset), nanos: 0 },
    weekday: weekdays[local.getUTCDay()],
  };
}

/** By `Date.getUTCDay()`. */
const weekdays = [
  Weekday.WEEKDAY_SUNDAY,
  Weekday.WEEKDAY_MONDAY,
  Weekday.WEEKDAY_TUESDAY,
  Weekday.WEEKDAY_WEDNESDAY,
  Weekday.WEEKDAY_THURSDAY,
  Weekday.WEEKDAY_FRIDAY,
  Weekday.WEEKDAY_SATURDAY,
] as const;

/** The offset of a zone from UTC at a moment, in seconds. */
function utcOffset(timeZone: string, at: Date): number {
  // `GMT`, `GMT+05:45`, or `GMT+08:05:43` in the days of local mean time.
  const text = offsetFormat(timeZone).format(at);
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) {
    return 0;
  }
  const [, sign, hours, minutes, seconds] = match;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === "-" ? -total : total;
}

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch (cause) {
    throw new ActionError(
      "invalid_argument",
      `time_zone: ${JSON.stringify(timeZone)} is not a known IANA time zone`,
      { cause },
    );
  }
}

/** `Z`, `+05:45`, or with the seconds where they are not zero, `+08:05:43`. */
function offsetText(offset: number): string {
  if (offset === 0) {
    return "Z";
  }
  const size = Math.abs(offset);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
  const digits = parts.map((part) => String(part).padStart(2, "0"));
  return (offset < 0 ? "-" : "+") + digits.slice(0, size % 60 === 0 ? 2 : 3).join(":");
}
