/** The bytes of a text of hexadecimal digits, or undefined if it is not one. */
export function hexBytes(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) {
    return undefined;
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = digits[text.charCodeAt(2 * i)] ?? -1;
    const low = digits[text.charCodeAt(2 * i + 1)] ?? -1;
    if (high < 0 || low < 0) {
      return undefined;
    }
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

/** The value of each digit by its character code; -1 for what is none. */
const digits = new Int8Array(128).fill(-1);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Bytes as lowercase hexadecimal digits. */
export function hexText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    text += byte.toString(16).padStart(2, "0");
  }
  return text;
}
