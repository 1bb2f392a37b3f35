/** The number of code points of a string; an unpaired surrogate counts as one. */
export function countCodePoints(text: string): number {
  // V8 sees at once that nothing matches where all units are bytes.
  return text.replace(/[^\0-\uffff]/gu, " ").length;
}

/** The number of bytes of a string in UTF-8; an unpaired surrogate becomes U+FFFD. */
export function countBytes(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      continue;
    }
    count += unit < 0x800 ? 1 : 2;
    if (isPair(text, i + 1)) {
      i++;
    }
  }
  return count;
}

/*
 * The bounds below look at every character only if the number of UTF-16 units
 * leaves a doubt: a code point has one or two of them, and a unit takes up to
 * three bytes in UTF-8.
 */

/** Whether a string has at least so many code points. */
export function hasMinLength(text: string, min: number): boolean {
  return !hasMaxLength(text, min - 1);
}

/** Whether a string has at most so many code points. */
export function hasMaxLength(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && countCodePoints(text) <= max);
}

/** Whether a string has exactly so many code points. */
export function hasLength(text: string, length: number): boolean {
  return text.length >= length && text.length <= 2 * length && countCodePoints(text) === length;
}

/** Whether a string has at least so many bytes in UTF-8. */
export function hasMinBytes(text: string, min: number): boolean {
  return text.length >= min || (3 * text.length >= min && countBytes(text) >= min);
}

/** Whether a string has at most so many bytes in UTF-8. */
export function hasMaxBytes(text: string, max: number): boolean {
  return text.length <= max && (3 * text.length <= max || countBytes(text) <= max);
}

/** Whether a string has exactly so many bytes in UTF-8. */
export function hasBytes(text: string, length: number): boolean {
  return text.length <= length && 3 * text.length >= length && countBytes(text) === length;
}

/** Whether the two units that end at an index are halves of one code point. */
function isPair(text: string, index: number): boolean {
  return (
    (text.charCodeAt(index - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(index) & 0xfc00) === 0xdc00
  );
}
