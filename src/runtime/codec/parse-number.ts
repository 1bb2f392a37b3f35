/** As `Number`, but the empty text and white space around the number give NaN. */
export function parseNumber(text: string): number {
  return text === "" || text.trim().length !== text.length ? Number.NaN : Number(text);
}

/** A double from text: the special names of JSON, or a finite number. */
export function parseDouble(text: string): number | undefined {
  switch (text) {
    case "NaN":
      return Number.NaN;
    case "Infinity":
      return Number.POSITIVE_INFINITY;
    case "-Infinity":
      return Number.NEGATIVE_INFINITY;
    default: {
      const number = parseNumber(text);
      return Number.isFinite(number) ? number : undefined;
    }
  }
}

/** Longer than any 64-bit integer in any base that BigInt reads. */
const maxIntegerLength = 80;

/** As `BigInt`, but returns undefined for what isn't an integer, and for the empty text. */
export function parseBigInt(text: string): bigint | undefined {
  if (text === "") {
    return undefined;
  }
  let digits = text;
  if (digits.length > maxIntegerLength) {
    // BigInt needs more than linear time, so that hostile digits have to stay outside.
    digits = digits.trim().replace(/^(-?)0+(?=\d)/, "$1");
    if (digits.length > maxIntegerLength) {
      return undefined;
    }
  }
  try {
    return BigInt(digits);
  } catch {
    return undefined;
  }
}
