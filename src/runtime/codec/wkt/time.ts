const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Whole seconds from 1970-01-01T00:00:00Z to an RFC 3339 time; NaN if the text is none. */
export function parseTime(text: string): number {
  if (!pattern.test(text)) {
    return Number.NaN;
  }
  // Without its fraction, because Date.parse knows only milliseconds.
  return Date.parse(text.slice(0, 19) + (text.endsWith("Z") ? "Z" : text.slice(-6))) / 1000;
}
