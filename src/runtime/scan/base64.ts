/** What a byte is in base64: its six bits, or one of the marks below. */
const notBase64 = 255;

/** The six bits of each character, of both alphabets. */
const bits = new Uint8Array(256).fill(notBase64);

for (const alphabet of [
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
]) {
  for (let i = 0; i < alphabet.length; i++) {
    bits[alphabet.charCodeAt(i)] = i;
  }
}

/** Whether a byte is a character of base64, of either alphabet; padding is none. */
export function isBase64(byte: number | undefined): boolean {
  return byte !== undefined && bits[byte] !== notBase64;
}

/**
 * Decodes base64 of either alphabet, or of a mixture, and passes over whatever
 * else is in between. Padding is not needed; bits that fill no byte are dropped.
 */
export function decodeBase64(text: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let held = 0;
  let heldBits = 0;
  for (const byte of text) {
    const six = bits[byte] ?? notBase64;
    if (six === notBase64) {
      continue;
    }
    held = ((held << 6) | six) & 0xffff;
    heldBits += 6;
    if (heldBits >= 8) {
      heldBits -= 8;
      decoded[length] = held >> heldBits;
      length += 1;
    }
  }
  return decoded.subarray(0, length);
}
