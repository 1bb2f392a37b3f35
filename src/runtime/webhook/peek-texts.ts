import { endOfString, skipSpace } from "../codec/skip-json.ts";

/** Longer texts are no ids. */
const maxLength = 256;

const utf8 = new TextDecoder();

/**
 * Finds some texts and numbers (as they are written) in a JSON object that
 * nobody has vouched for yet: members by name, and members of those as
 * `outer.inner`. Of two of one name the later counts. What is no JSON has none,
 * or any: whoever uses a text has to compare it with what is read later.
 *
 * It builds nothing of the rest, keeps to one pass, and does not recurse.
 */
export function peekTexts(
  body: Uint8Array,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let depth = 0;
  let outer: string | undefined;
  let inside: string | undefined;
  for (let i = 0; i < body.length; i++) {
    switch (body[i]) {
      case openBrace:
      case openBracket:
        depth++;
        inside = depth === 2 && body[i] === openBrace ? outer : depth === 2 ? undefined : inside;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        break;
      case quote: {
        const start = i;
        const end = endOfString(body, start);
        const colon = skipSpace(body, end);
        i = end - 1;
        // Only the names of members are followed by a colon.
        if (depth > 2 || body[colon] !== colonByte) {
          break;
        }
        const key = textOf(body, start, end);
        if (depth === 1) {
          outer = key;
        }
        const name = depth === 1 ? key : inside === undefined ? undefined : `${inside}.${key}`;
        if (name !== undefined && wanted.has(name)) {
          const value = valueAt(body, skipSpace(body, colon + 1));
          if (value === undefined) {
            found.delete(name);
          } else {
            found.set(name, value);
          }
        }
        i = colon;
        break;
      }
    }
  }
  return found;
}

/** The text or number at a position. */
function valueAt(body: Uint8Array, start: number): string | undefined {
  if (body[start] === quote) {
    return textOf(body, start, endOfString(body, start));
  }
  let end = start;
  while (isOfNumber(body[end])) {
    end++;
  }
  return end === start || end - start > maxLength
    ? undefined
    : utf8.decode(body.subarray(start, end));
}

/** The string between two positions, quotes included. */
function textOf(body: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > maxLength) {
    return undefined;
  }
  const written = utf8.decode(body.subarray(start, end));
  if (!written.includes("\\")) {
    return written.slice(1, -1);
  }
  try {
    return String(JSON.parse(written));
  } catch {
    return undefined;
  }
}

/** Whether a byte is one of `-+.0123456789Ee`. */
function isOfNumber(byte: number | undefined): boolean {
  return (
    byte !== undefined &&
    ((byte >= 0x30 && byte <= 0x39) ||
      byte === 0x2d ||
      byte === 0x2b ||
      byte === 0x2e ||
      byte === 0x45 ||
      byte === 0x65)
  );
}

const quote = 0x22;
const colonByte = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
