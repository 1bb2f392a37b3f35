/** What a UUID's characters are: 1 for hexadecimal digits, 2 for a hyphen. */
const kinds = new Uint8Array(128).fill(1, 48, 58).fill(1, 65, 71).fill(1, 97, 103);
kinds[0x2d] = 2;

/** Where a UUID has its hyphens: a bit for each index. */
const hyphens = 0x842100;

/**
 * Whether a text is a UUID with its hyphens. A pattern would branch at each
 * digit, and of random ones the processor guesses half wrong.
 */
export function isUuid(text: string): boolean {
  for (let i = 0; i < 36; i++) {
    if (kinds[text.charCodeAt(i)] !== ((hyphens >> i) & 1) + 1) {
      return false;
    }
  }
  return text.length === 36;
}
