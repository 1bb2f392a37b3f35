import { utf8Bytes } from "./utf8-memory.ts";

const equals = 61;

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** By their six bits, the characters of the standard alphabet. */
export const alphabet = utf8Bytes(letters);

/** What a character is that stands for no bits. */
const space = -1;
const padding = -2;
const other = -3;
/** White space that stands in JSON strings as an escape only. */
const control = -4;

/** From the codes of characters to their six bits. */
const sextets = new Int8Array(256).fill(other);
setAll(letters, 0, 1);
setAll("-_", 62, 1);
setAll("=", padding, 0);
setAll(" ", space, 0);
setAll("\t\r\n", control, 0);

function setAll(chars: string, first: number, step: 0 | 1): void {
  for (let i = 0; i < chars.length; i++) {
    sextets[chars.charCodeAt(i)] = first + i * step;
  }
}

/**
 * Decodes base64 in the bytes of a text, of either alphabet, with or without
 * padding, white space and concatenated pieces allowed. Returns undefined for what isn't base64.
 * Accepts exactly what protobuf-es does.
 *
 * @param takesControls false for what stands between the quotes of JSON, where
 *   tabs and line breaks are written as escapes
 */
export function decodeBase64(
  text: Uint8Array,
  start: number,
  end: number,
  takesControls: boolean,
): Uint8Array<ArrayBuffer> | undefined {
  let last = end;
  while (last > start && text[last - 1] === equals) {
    last--;
  }
  // As a rule that is all, because cutting off the rest takes longer than decoding.
  const bytes = new Uint8Array(((last - start) * 3) >> 2);
  let length = 0;
  let from = start;
  // Groups of four characters, up to the first that isn't one.
  for (; from + 4 <= end; from += 4) {
    const bits =
      (sextet(text, from) << 18) |
      (sextet(text, from + 1) << 12) |
      (sextet(text, from + 2) << 6) |
      sextet(text, from + 3);
    if (bits < 0) {
      break;
    }
    bytes[length++] = bits >> 16;
    bytes[length++] = bits >> 8;
    bytes[length++] = bits;
  }
  return from === end ? bytes : decodeRest(text, from, end, takesControls, bytes, length);
}

/** Decodes base64 in a string: see {@link decodeBase64}. */
export function decodeBase64Text(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = utf8Bytes(text);
  return decodeBase64(bytes, 0, bytes.length, true);
}

/** The six bits of a character; negative for all others. */
function sextet(text: Uint8Array, at: number): number {
  return sextets[text[at] ?? 0] ?? other;
}

function decodeRest(
  text: Uint8Array,
  from: number,
  end: number,
  takesControls: boolean,
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
): Uint8Array<ArrayBuffer> | undefined {
  let length = start;
  let group = 0;
  let bits = 0;
  for (let i = from; i < end; i++) {
    const value = sextet(text, i);
    if (value >= 0) {
      bits = ((bits << 6) | value) & 0xffff;
      group = (group + 1) & 3;
      if (group !== 1) {
        bytes[length++] = bits >> (((4 - group) & 3) * 2);
      }
    } else if (value === padding) {
      group = 0;
    } else if (value === other || (value === control && !takesControls)) {
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
