const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * The index behind a JSON value, found by its brackets and strings alone:
 * whether it is JSON turns out where it is read. -1 if it has no end, or is
 * nested deeper than a number of levels.
 */
export function endOfValue(utf8: Uint8Array, start: number, maxDepth: number): number {
  const { length } = utf8;
  let depth = 0;
  for (let i = start; i < length; i++) {
    const code = utf8[i] ?? 0;
    if (code === quote) {
      // As endOfString, which takes half as much time again if it is called.
      for (i++; i < length; i++) {
        const inside = utf8[i];
        if (inside === quote) {
          break;
        }
        if (inside === backslash) {
          i++;
        }
      }
    } else if (code < openBracket) {
      if (code !== comma || depth > 0) {
        continue;
      }
      return i;
    } else {
      // Braces and brackets are one bit apart.
      const brace = code | 0x20;
      if (brace === openBrace) {
        depth++;
        if (depth > maxDepth) {
          return -1;
        }
        continue;
      }
      if (brace !== closeBrace) {
        continue;
      }
      depth--;
    }
    // After a string or a bracket, or at what ends a number or a word.
    if (depth <= 0) {
      return depth < 0 ? i : i < length ? i + 1 : -1;
    }
  }
  return -1;
}

/** The index behind the string that begins at an index; further than the text if it doesn't end. */
export function endOfString(utf8: Uint8Array, start: number): number {
  const { length } = utf8;
  let end = start + 1;
  for (; end < length; end++) {
    const code = utf8[end];
    if (code === quote) {
      break;
    }
    if (code === backslash) {
      end++;
    }
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
