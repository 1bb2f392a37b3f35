/**
 * As `JSON.parse`, but integers of up to 20 digits that a number of JavaScript
 * cannot hold come as text, digit by digit: the form in which ProtoJSON itself
 * has integers of 64 bits. Platforms send ids of 19 digits as bare numbers.
 *
 * Text without such integers costs a walk over its values, which takes less
 * time than to search the text. Where the platform does not let a reviver see
 * the source (before V8 11.4 and Safari 18.4), they are rounded as ever.
 *
 * @param text must not be nested deeply: the walk is recursive
 */
export function parseLossless(text: string): unknown {
  return restoreDigits(text, JSON.parse(text));
}

/** As {@link parseLossless}, if the text has been parsed already. */
export function restoreDigits(text: string, value: unknown): unknown {
  return hasRoundedNumber(value) ? JSON.parse(text, keepDigits) : value;
}

/** Whether a number may have lost digits: those that are safe integers, or small, have not. */
function hasRoundedNumber(value: unknown): boolean {
  if (typeof value === "number") {
    return value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER;
  }
  if (Array.isArray(value)) {
    return value.some(hasRoundedNumber);
  }
  if (typeof value === "object" && value !== null) {
    // What JSON.parse returns inherits nothing that can be enumerated.
    for (const key in value) {
      if (hasRoundedNumber((value as Record<string, unknown>)[key])) {
        return true;
      }
    }
  }
  return false;
}

const integer = /^-?\d{16,20}$/;

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" &&
    !Number.isSafeInteger(value) &&
    source !== undefined &&
    integer.test(source)
    ? source
    : value;
}
