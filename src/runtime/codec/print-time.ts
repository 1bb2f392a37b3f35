import { printPadded } from "./print-digits.ts";

const secondsPerDay = 86_400;

// The day of the last time, because most times are close to each other.
let lastDay = 0;
let lastMidnight = "1970-01-01T00:00:00";

/**
 * Prints a time of the years 1 to 9999 as RFC 3339 has it, in UTC and with 0,
 * 3, 6 or 9 digits of a second's fraction, and returns where it ends.
 */
export function printTime(
  bytes: Uint8Array,
  start: number,
  seconds: number,
  nanos: number,
): number {
  const day = Math.floor(seconds / secondsPerDay);
  if (day !== lastDay) {
    lastDay = day;
    lastMidnight = new Date(day * secondsPerDay * 1000).toISOString();
  }
  let end = start + 19;
  for (let at = start; at < end; at++) {
    bytes[at] = lastMidnight.charCodeAt(at - start);
  }
  const second = seconds - day * secondsPerDay;
  printPadded(bytes, start + 11, start + 13, second / 3600);
  printPadded(bytes, start + 14, start + 16, (second / 60) % 60);
  printPadded(bytes, start + 17, end, second % 60);
  if (nanos > 0) {
    const digits = nanos % 1e6 === 0 ? 3 : nanos % 1e3 === 0 ? 6 : 9;
    bytes[end] = 46;
    end += digits + 1;
    printPadded(bytes, end - digits, end, nanos / 10 ** (9 - digits));
  }
  bytes[end] = 90;
  return end + 1;
}
