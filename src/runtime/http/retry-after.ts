/** `Retry-After`, https://www.rfc-editor.org/rfc/rfc9110#field.retry-after. */
export const retryAfterHeader = "retry-after";

/**
 * The time that an answer asks for, in milliseconds: seconds, or a date.
 * Undefined if it asks for none, or in another way.
 *
 * @param now in milliseconds since 1970
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get(retryAfterHeader)?.trim() ?? "";
  if (/^\d{1,9}(\.\d+)?$/.test(value)) {
    return Number(value) * 1000;
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A time in milliseconds as the header has it: in whole seconds, rather later than too early. */
export function writeRetryAfter(milliseconds: number): string {
  return String(Math.ceil(milliseconds / 1000));
}
