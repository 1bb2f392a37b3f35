const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * The index behind a JSON value, found by its brackets and strings alone:
 * whether it is JSON turns out where it is read. -1 if it has no end, or is
 * nested deeper than a number of levels.
 */
export function endOfValue(utf8: Uint8Array, start: number, maxDepth: number): number {
  let depth = 0;
  for (let i = start; i < utf8.length; i++) {
    switch (utf8[i]) {
      case quote:
        i = endOfString(utf8, i) - 1;
        break;
      case openBrace:
      case openBracket:
        depth++;
        if (depth > maxDepth) {
          return -1;
        }
        continue;
      case closeBrace:
      case closeBracket:
        depth--;
        break;
      case comma:
        break;
      default:
        continue;
    }
    // After a string or a bracket, or at what ends a number or a word.
    if (depth < 0 || (depth === 0 && utf8[i] === comma)) {
      return i;
    }
    if (depth === 0) {
      return i + 1 > utf8.length ? -1 : i + 1;
    }
  }
  return -1;
}

/** The index behind the string that begins at an index; further than the text if it doesn't end. */
export function endOfString(utf8: Uint8Array, start: number): number {
  let end = start + 1;
  while (end < utf8.length && utf8[end] !== quote) {
    end += utf8[end] === backslash ? 2 : 1;
  }
  return end + 1;
}

/** The index of what comes after white space. */
export function skipSpace(utf8: Uint8Array, start: number): number {
  let at = start;
  for (let code = utf8[at]; code === 32 || code === 10 || code === 13 || code === 9; ) {
    code = utf8[++at];
  }
  return at;
}
