/** From the codes of characters to their six bits; 64 to ignore, 65 for padding, 66 to refuse. */
const sextets = new Uint8Array(128).fill(66);
for (const [i, char] of [
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
].entries()) {
  sextets[char.charCodeAt(0)] = i;
}
sextets["-".charCodeAt(0)] = 62;
sextets["_".charCodeAt(0)] = 63;
sextets["=".charCodeAt(0)] = 65;
for (const space of " \t\r\n") {
  sextets[space.charCodeAt(0)] = 64;
}

/**
 * Decodes base64 of either alphabet, with or without padding, white space and
 * concatenated pieces allowed. Returns undefined for what isn't base64.
 * Accepts exactly what protobuf-es does.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let length = 0;
  let group = 0;
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    const sextet = sextets[text.charCodeAt(i)] ?? 66;
    if (sextet < 64) {
      bits = ((bits << 6) | sextet) & 0xffff;
      group = (group + 1) & 3;
      if (group !== 1) {
        bytes[length++] = bits >> (((4 - group) & 3) * 2);
      }
    } else if (sextet === 65) {
      group = 0;
    } else if (sextet === 66) {
      return undefined;
    }
  }
  return group === 1 ? undefined : length === bytes.length ? bytes : bytes.slice(0, length);
}

const chunk = 8192;

/** Encodes as base64 of the standard alphabet, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  if (bytes.length <= chunk) {
    return btoa(String.fromCharCode(...bytes));
  }
  let binary = "";
  for (let i = 0; i < bytes.length; i += chunk) {
    binary += String.fromCharCode(...bytes.subarray(i, i + chunk));
  }
  return btoa(binary);
}
