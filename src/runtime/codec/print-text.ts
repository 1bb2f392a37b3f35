import { unusualBits } from "./text-bits.ts";
import { putText, type Utf8Memory } from "./utf8-memory.ts";

const quote = 34;
const backslash = 92;

/** Texts with fewer units aren't worth a call of the platform. */
const fewUnits = 48;

/**
 * Prints text that stands for itself in a JSON string, as UTF-8, and returns
 * where it ends; -1 if something in it has to be escaped, as unpaired
 * surrogates have to. There has to be room for three bytes a code unit.
 */
export function printPlain(memory: Utf8Memory, start: number, text: string): number {
  const { length } = text;
  const last = length - 4;
  if (last < 0) {
    return printUnusual(memory, start, text);
  }
  if (length >= fewUnits && text.charCodeAt(0) < 0x80 && text.charCodeAt(length - 1) < 0x80) {
    return copyPlain(memory, start, text);
  }
  const { view } = memory;
  for (let i = 0; ; i += 4) {
    // The last four may overlap those before.
    const at = Math.min(i, last);
    const first = text.charCodeAt(at);
    const second = text.charCodeAt(at + 1);
    const third = text.charCodeAt(at + 2);
    const fourth = text.charCodeAt(at + 3);
    const four = first | (second << 8) | (third << 16) | (fourth << 24);
    if ((first | second | third | fourth) > 127 || unusualBits(four) !== 0) {
      return printUnusual(memory, start, text);
    }
    view.setInt32(start + at, four, true);
    if (at === last) {
      return start + length;
    }
  }
}

/** The same for text with characters beyond ASCII, or little text. */
function printUnusual({ bytes, view }: Utf8Memory, start: number, text: string): number {
  const { length } = text;
  const last = length - 4;
  let end = start;
  let i = 0;
  while (i < length) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      // ASCII seldom comes alone.
      if (i <= last) {
        const second = text.charCodeAt(i + 1);
        const third = text.charCodeAt(i + 2);
        const fourth = text.charCodeAt(i + 3);
        const four = code | (second << 8) | (third << 16) | (fourth << 24);
        if ((second | third | fourth) < 0x80 && unusualBits(four) === 0) {
          view.setInt32(end, four, true);
          end += 4;
          i += 4;
          continue;
        }
      }
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
    i++;
  }
  return end;
}

/** The same, by the platform, which copies long ASCII faster. */
function copyPlain(memory: Utf8Memory, start: number, text: string): number {
  const length = putText(memory, start, text);
  const end = start + length;
  const { view } = memory;
  const last = end - 4;
  let four = view.getInt32(last, true);
  let unusual = unusualBits(four) & ~four;
  for (let at = start; at < last; at += 4) {
    four = view.getInt32(at, true);
    unusual |= unusualBits(four) & ~four;
  }
  // Unpaired surrogates can't be written as UTF-8, so that others stand in their place.
  return unusual === 0 && (length === text.length || text.isWellFormed()) ? end : -1;
}
