const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";

/** Decodes base64: exactly what protobuf-es does. Undefined for everything else. */
export function decodeBase64(json: unknown): Uint8Array | undefined {
  if (typeof json !== "string") {
    return undefined;
  }
  const bytes = [];
  let group = 0;
  let bits = 0;
  for (const char of json) {
    const value = alphabet.indexOf(char);
    if (value >= 0) {
      // The last two are those of the other alphabet.
      bits = (bits << 6) | (value < 64 ? value : value - 2);
      group = (group + 1) & 3;
      if (group !== 1) {
        bytes.push(bits >> (((4 - group) & 3) * 2));
      }
    } else if (char === "=") {
      group = 0;
    } else if (!" \t\r\n".includes(char)) {
      return undefined;
    }
  }
  return group === 1 ? undefined : Uint8Array.from(bytes);
}

/** Encodes bytes as base64 of the standard alphabet. */
export function encodeBase64(bytes: Uint8Array): string {
  let chars = "";
  for (const byte of bytes) {
    chars += String.fromCharCode(byte);
  }
  return btoa(chars);
}
