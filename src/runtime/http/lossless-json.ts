/**
 * As `JSON.parse`, but integers of up to 20 digits that a number of JavaScript
 * cannot hold come as text, digit by digit: the form in which ProtoJSON itself
 * has integers of 64 bits. Platforms send ids of 19 digits as bare numbers.
 *
 * Text without such integers costs one quick search. Where the platform does
 * not let a reviver see the source (before V8 11.4 and Safari 18.4), they are
 * rounded as ever.
 */
export function parseLossless(text: string): unknown {
  return digits.test(text) && longInteger.test(text)
    ? JSON.parse(text, keepDigits)
    : JSON.parse(text);
}

/** Found in no time, or not at all. */
const digits = /\d{16}/;

/** What looks like a long integer that is no text. It may be within one, which costs time only. */
const longInteger = /[:,[\s]-?\d{16}/;

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
