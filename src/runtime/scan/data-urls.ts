import { decodeBase64 } from "./base64.ts";
import { hexDigit } from "./json-escapes.ts";

const colon = 0x3a;
const comma = 0x2c;
const percent = 0x25;

/** How far the comma may be from `data:`. Media types are shorter. */
const longestHead = 256;

/**
 * The contents of the `data:` URLs that a text has, decoded as the Fetch
 * standard decodes them (https://fetch.spec.whatwg.org/#data-urls). A URL ends
 * at a quotation mark, an angle bracket, a backtick or a blank; base64 in it may
 * have line breaks.
 */
export function findDataUrls(text: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = text.indexOf(colon);
  while (at >= 0) {
    const body = isData(text, at) ? bodyStart(text, at + 1) : -1;
    if (body >= 0) {
      const isBase64 = endsInBase64(text.subarray(at + 1, body - 1));
      const end = bodyEnd(text, body, isBase64);
      const unquoted = undoPercents(text.subarray(body, end));
      found.push(isBase64 ? decodeBase64(unquoted) : unquoted);
      // What is in a URL is looked into when its content is; a URL in a URL has another end.
      at = text.indexOf(colon, end);
    } else {
      at = text.indexOf(colon, at + 1);
    }
  }
  return found;
}

/** Whether `data` stands before a colon. */
function isData(text: Uint8Array, at: number): boolean {
  return at >= 4 && ascii(text.subarray(at - 4, at)).toLowerCase() === "data";
}

/** Where the content begins: after the first comma; -1 if there is none. */
function bodyStart(text: Uint8Array, from: number): number {
  const limit = Math.min(text.length, from + longestHead);
  for (let at = from; at < limit; at++) {
    const byte = text[at] ?? 0;
    if (byte === comma) {
      return at + 1;
    }
    if (byte < 0x20 || byte === 0x3c || byte === 0x3e) {
      return -1;
    }
  }
  return -1;
}

function endsInBase64(head: Uint8Array): boolean {
  return /; *base64 *$/i.test(ascii(head));
}

/** Where a URL ends that stands in a text. */
function bodyEnd(text: Uint8Array, start: number, isBase64: boolean): number {
  for (let at = start; at < text.length; at++) {
    const byte = text[at] ?? 0;
    const isBreak = byte === 0x0a || byte === 0x0d || byte === 0x09;
    const ends = byte === 0x22 || byte === 0x3c || byte === 0x3e || byte === 0x60 || byte === 0x20;
    if (ends || (isBreak && !isBase64)) {
      return at;
    }
  }
  return text.length;
}

function undoPercents(text: Uint8Array): Uint8Array {
  if (!text.includes(percent)) {
    return text;
  }
  const plain = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    const high = byte === percent ? hexDigit(text[at + 1]) : -1;
    const low = high < 0 ? -1 : hexDigit(text[at + 2]);
    plain[length++] = low < 0 ? byte : high * 16 + low;
    at += low < 0 ? 0 : 2;
  }
  return plain.subarray(0, length);
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
