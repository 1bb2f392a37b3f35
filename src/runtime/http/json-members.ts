/**
 * Splits the text of a JSON object into the texts of its members, without
 * looking into them: each of them has to be parsed before it is known whether
 * the object is JSON.
 *
 * Returns undefined for what is unusual, and has to be read with care: what is no
 * object, is nested deeper than `maxDepth`, or has a name twice or with escapes.
 */
export function splitMembers(
  text: string,
  maxDepth: number,
): ReadonlyMap<string, string> | undefined {
  const members = new Map<string, string>();
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== openBrace) {
    return undefined;
  }
  at = skipSpace(text, at + 1);
  if (text.charCodeAt(at) === closeBrace) {
    return skipSpace(text, at + 1) === text.length ? members : undefined;
  }
  for (;;) {
    const nameEnd = text.charCodeAt(at) === quote ? text.indexOf('"', at + 1) : -1;
    const colon = nameEnd < 0 ? -1 : skipSpace(text, nameEnd + 1);
    if (colon < 0 || text.charCodeAt(colon) !== colonCode) {
      return undefined;
    }
    const name = text.slice(at + 1, nameEnd);
    const start = skipSpace(text, colon + 1);
    const end = endOfValue(text, start, maxDepth - 1);
    if (end <= start || members.has(name) || unusualName.test(name)) {
      return undefined;
    }
    members.set(name, text.slice(start, end));
    at = skipSpace(text, end);
    const next = text.charCodeAt(at);
    at = skipSpace(text, at + 1);
    if (next === closeBrace) {
      return at === text.length ? members : undefined;
    }
    if (next !== comma) {
      return undefined;
    }
  }
}

/** Escapes, and what has to be escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const unusualName = /[\\\u0000-\u001f]/;

/** Where a value ends; -1 if it does not, or is nested too deep. */
function endOfValue(text: string, start: number, maxDepth: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case quote:
        i = endOfString(text, i);
        if (i < 0) {
          return -1;
        }
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
    if (depth < 0 || (depth === 0 && text.charCodeAt(i) === comma)) {
      return trimmedEnd(text, start, i);
    }
    if (depth === 0) {
      return i + 1;
    }
  }
  return -1;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && isSpace(text.charCodeAt(last - 1))) {
    last--;
  }
  return last;
}

/** The position of the quote that ends the string whose opening quote is at `start`; -1 without one. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) {
      escapes++;
    }
    if (escapes % 2 === 0) {
      return end;
    }
  }
  return -1;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

const quote = 0x22;
const comma = 0x2c;
const colonCode = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
