/** Nanoseconds as the fraction of a second: nothing, or a dot and 3, 6 or 9 digits. */
export function fraction(nanos: number): string {
  if (nanos === 0) {
    return "";
  }
  const digits = String(nanos).padStart(9, "0");
  return `.${digits.endsWith("000000") ? digits.slice(0, 3) : digits.endsWith("000") ? digits.slice(0, 6) : digits}`;
}

/**
 * The nanoseconds of a fraction that begins at an index of the text; 0 if there
 * is no dot. It must have up to nine digits.
 */
export function parseFraction(text: string, at: number): number {
  let nanos = 0;
  if (text.charCodeAt(at) === dot) {
    for (let i = 1; i <= 9; i++) {
      const digit = text.charCodeAt(at + i) - 48;
      nanos *= 10;
      if (digit >= 0 && digit <= 9) {
        nanos += digit;
      }
    }
  }
  return nanos;
}

const dot = 46;
