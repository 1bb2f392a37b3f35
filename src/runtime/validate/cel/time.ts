import type { Moment } from "../violation-collector.ts";
import { fail } from "./cel-error.ts";

/*
 * Timestamps and durations are { seconds, nanos }, as in Protobuf: of a
 * timestamp `nanos` is never negative, of a duration both have the same sign.
 */

const second = 1_000_000_000n;
const firstSecond = -62_135_596_800n;
const lastSecond = 253_402_300_799n;
const maxNanos = 2n ** 63n - 1n;

/** How long a duration may be according to Protobuf. */
const maxSeconds = 315_576_000_000n;

/** All of a timestamp or duration in nanoseconds. */
export function nanosOf({ seconds, nanos }: Moment): bigint {
  return seconds * second + BigInt(nanos);
}

/** A timestamp from nanoseconds since 1970; fails outside of the years 1 to 9999. */
export function timestampOfNanos(all: bigint): Moment {
  const rest = ((all % second) + second) % second;
  const seconds = (all - rest) / second;
  return seconds < firstSecond || seconds > lastSecond
    ? fail("the timestamp is out of range")
    : { seconds, nanos: Number(rest) };
}

/**
 * A timestamp from seconds and any number of nanoseconds, which costs less than
 * from nanoseconds alone; fails outside of the years 1 to 9999.
 */
function timestampOfParts(seconds: bigint, nanos: number): Moment {
  const carry = Math.floor(nanos / 1_000_000_000);
  const whole = carry === 0 ? seconds : seconds + BigInt(carry);
  return whole < firstSecond || whole > lastSecond
    ? fail("the timestamp is out of range")
    : { seconds: whole, nanos: nanos - carry * 1_000_000_000 };
}

/** A duration; fails if its nanoseconds don't fit in 64 bits. */
export function durationOfNanos(all: bigint): Moment {
  return all > maxNanos || all < -maxNanos - 1n
    ? fail("the duration is out of range")
    : { seconds: all / second, nanos: Number(all % second) };
}

export function addDurations(a: Moment, b: Moment): Moment {
  return durationOfNanos(nanosOf(a) + nanosOf(b));
}

export function subtractDurations(a: Moment, b: Moment): Moment {
  return durationOfNanos(nanosOf(a) - nanosOf(b));
}

/** A timestamp with a duration added to it; they may be in any order. */
export function addToTimestamp(a: Moment, b: Moment): Moment {
  return timestampOfParts(a.seconds + b.seconds, a.nanos + b.nanos);
}

export function subtractFromTimestamp(a: Moment, b: Moment): Moment {
  return timestampOfParts(a.seconds - b.seconds, a.nanos - b.nanos);
}

/** The duration between two timestamps. */
export function subtractTimestamps(a: Moment, b: Moment): Moment {
  return durationOfNanos(nanosOf(a) - nanosOf(b));
}

export function timestampOfSeconds(seconds: bigint): Moment {
  return timestampOfNanos(seconds * second);
}

export function durationOfSeconds(seconds: bigint): Moment {
  return durationOfNanos(seconds * second);
}

/** The whole seconds of a timestamp or duration. */
export function secondsOf({ seconds }: Moment): bigint {
  return seconds;
}

/** A timestamp that isn't set, and a duration. */
export const zeroTime: Moment = { seconds: 0n, nanos: 0 };

/** `google.protobuf.Timestamp{seconds: s, nanos: n}`. */
export function timestampOf(seconds: bigint, nanos: number): Moment {
  return timestampOfNanos(seconds * second + BigInt(nanos));
}

/** `google.protobuf.Duration{seconds: s, nanos: n}`. */
export function durationOf(seconds: bigint, nanos: number): Moment {
  return durationOfNanos(seconds * second + BigInt(nanos));
}

const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Reads a timestamp as RFC 3339 writes it. */
export function timestampOfText(text: string): Moment {
  const match = dateTime.exec(text);
  if (match === null) {
    return fail("the string is not a timestamp");
  }
  const [year, month, day, hour, minute, seconds] = match.slice(1, 7).map(Number);
  const fraction = (match[7] ?? "").padEnd(9, "0");
  const sign = match[8] === "-" ? -1 : 1;
  const offset = sign * (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  date.setUTCHours(hour ?? 0, minute, seconds);
  const exact =
    date.getUTCMonth() + 1 === month &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === seconds;
  if (!exact || Math.abs(offset) >= 24 * 60) {
    return fail("the string is not a timestamp");
  }
  const milliseconds = date.getTime() - offset * 60_000;
  return timestampOfNanos(BigInt(milliseconds) * 1_000_000n + BigInt(fraction));
}

const units: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1_000n],
  ["µs", 1_000n],
  ["μs", 1_000n],
  ["ms", 1_000_000n],
  ["s", second],
  ["m", 60n * second],
  ["h", 3600n * second],
]);

/** The longest text that is read as a duration. */
const maxDurationText = 128;

/** Reads a duration as Go writes it, for example `-1h30m` or `2.5s`. */
export function durationOfText(text: string): Moment {
  const parts = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(
    text.length > maxDurationText ? "" : text,
  );
  if (parts === null) {
    return fail("the string is not a duration");
  }
  let nanos = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of (parts[2] ?? "").matchAll(
    /(\d*)\.?(\d*)([a-zµμ]+)/g,
  )) {
    const factor = units.get(unit) ?? 0n;
    nanos += BigInt(whole) * factor;
    nanos += (BigInt(fraction) * factor) / 10n ** BigInt(fraction.length);
  }
  return durationOfNanos(parts[1] === "-" ? -nanos : nanos);
}

/** Writes a timestamp as ProtoJSON does; fails outside of the years 1 to 9999. */
export function textOfTimestamp({ seconds, nanos }: Moment): string {
  if (seconds < firstSecond || seconds > lastSecond || nanos < 0 || nanos >= 1_000_000_000) {
    return fail("the timestamp is out of range");
  }
  const iso = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${iso}${fractionOf(nanos)}Z`;
}

/** Writes a duration as ProtoJSON does; fails if it has more than 10,000 years, or two signs. */
export function textOfDuration(value: Moment): string {
  const { seconds, nanos } = value;
  const isMixed = (seconds > 0n && nanos < 0) || (seconds < 0n && nanos > 0);
  if (isMixed || seconds > maxSeconds || seconds < -maxSeconds || Math.abs(nanos) > 999_999_999) {
    return fail("the duration is out of range");
  }
  const all = nanosOf(value);
  const size = all < 0n ? -all : all;
  return `${all < 0n ? "-" : ""}${size / second}${fractionOf(Number(size % second))}s`;
}

/** Nothing, or a point and 3, 6 or 9 digits. */
function fractionOf(nanos: number): string {
  if (nanos === 0) {
    return "";
  }
  const digits = String(nanos).padStart(9, "0");
  return `.${digits.replace(/(?:000){1,2}$/, "")}`;
}
