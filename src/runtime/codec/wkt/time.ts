const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

const secondsPerDay = 86_400;

// The days of the last times, because most times are close to each other. They
// are kept apart: the text that was read may be February 30th.
let parsedDay = 0;
let parsedDate = "1970-01-01T";
let formattedDay = 0;
let formattedDate = "1970-01-01T";

/** Whole seconds from 1970-01-01T00:00:00Z to an RFC 3339 time; NaN if the text is none. */
export function parseTime(text: string): number {
  if (!pattern.test(text)) {
    return Number.NaN;
  }
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const seconds = twoDigits(text, 17);
  const isUtc = text.endsWith("Z");
  if (!isUtc || hours > 23 || minutes > 59 || seconds > 59) {
    // Without its fraction, because Date.parse knows only milliseconds.
    return Date.parse(text.slice(0, 19) + (isUtc ? "Z" : text.slice(-6))) / 1000;
  }
  if (!text.startsWith(parsedDate)) {
    const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 1000 / secondsPerDay;
    if (Number.isNaN(day)) {
      return day;
    }
    [parsedDay, parsedDate] = [day, text.slice(0, 11)];
  }
  return parsedDay * secondsPerDay + hours * 3600 + minutes * 60 + seconds;
}

/** A time in UTC, without fraction and zone: `2026-01-02T03:04:05`. */
export function formatTime(seconds: number): string {
  const day = Math.floor(seconds / secondsPerDay);
  if (day !== formattedDay) {
    formattedDay = day;
    formattedDate = new Date(day * secondsPerDay * 1000).toISOString().slice(0, 11);
  }
  const rest = seconds - day * secondsPerDay;
  const minutes = Math.floor(rest / 60);
  return `${formattedDate}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(rest % 60)}`;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
