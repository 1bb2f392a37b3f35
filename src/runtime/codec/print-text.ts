import { putText, type Utf8Memory } from "./utf8-memory.ts";

const quote = 34;
const backslash = 92;

/** By character code, 1 for ASCII characters that stand for themselves in a JSON string. */
const plain = new Uint8Array(256).fill(1, 32, 127);
plain[quote] = 0;
plain[backslash] = 0;

/** Texts with fewer units aren't worth a call of the platform. */
const fewUnits = 16;

/**
 * Prints text that stands for itself in a JSON string, as UTF-8, and returns
 * where it ends; -1 if something in it has to be escaped, as unpaired
 * surrogates have to. There has to be room for three bytes a code unit.
 */
export function printPlain(memory: Utf8Memory, start: number, text: string): number {
  const { length } = text;
  // The platform copies ASCII faster, and nothing else.
  if (length >= fewUnits && text.charCodeAt(0) < 0x80 && text.charCodeAt(length - 1) < 0x80) {
    return copyPlain(memory, start, text);
  }
  const { bytes } = memory;
  let end = start;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255 || plain[code] === 0) {
      return printUnusual(bytes, end, text, i);
    }
    bytes[end++] = code;
  }
  return end;
}

/** Goes on with a text of which the first code units are there already. */
function printUnusual(bytes: Uint8Array, start: number, text: string, from: number): number {
  let end = start;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      if (code < 0x20 || code === quote || code === backslash) {
        return -1;
      }
      bytes[end++] = code;
    } else if (code < 0x800) {
      bytes[end++] = 0xc0 | (code >> 6);
      bytes[end++] = 0x80 | (code & 0x3f);
    } else if (code < 0xd800 || code > 0xdfff) {
      bytes[end++] = 0xe0 | (code >> 12);
      bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[end++] = 0x80 | (code & 0x3f);
    } else {
      const pair = text.codePointAt(i++) ?? 0;
      if (pair < 0x10000) {
        return -1;
      }
      bytes[end++] = 0xf0 | (pair >> 18);
      bytes[end++] = 0x80 | ((pair >> 12) & 0x3f);
      bytes[end++] = 0x80 | ((pair >> 6) & 0x3f);
      bytes[end++] = 0x80 | (pair & 0x3f);
    }
  }
  return end;
}

function copyPlain(memory: Utf8Memory, start: number, text: string): number {
  const length = putText(memory, start, text);
  const end = start + length;
  const { view } = memory;
  const last = end - 4;
  let unusual = unusualBits(view.getInt32(last, true));
  for (let at = start; at < last; at += 4) {
    unusual |= unusualBits(view.getInt32(at, true));
  }
  // Unpaired surrogates can't be written as UTF-8, so that others stand in their place.
  return (unusual & 0x80808080) === 0 && (length === text.length || text.isWellFormed()) ? end : -1;
}

/**
 * Has the highest bit of a byte set if any of the four is a control character,
 * quote or backslash.
 */
function unusualBits(four: number): number {
  const quotes = four ^ 0x22222222;
  const backslashes = four ^ 0x5c5c5c5c;
  return (
    ((four - 0x20202020) & ~four) |
    ((quotes - 0x01010101) & ~quotes) |
    ((backslashes - 0x01010101) & ~backslashes)
  );
}
