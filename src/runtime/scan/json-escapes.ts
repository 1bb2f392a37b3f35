const backslash = 0x5c;

/** What stands for what after a backslash. */
const simple: ReadonlyMap<number, number> = new Map(
  [
    ['"', '"'],
    ["\\", "\\"],
    ["/", "/"],
    ["b", "\b"],
    ["f", "\f"],
    ["n", "\n"],
    ["r", "\r"],
    ["t", "\t"],
  ].map(([letter = "", meant = ""]) => [letter.charCodeAt(0), meant.charCodeAt(0)]),
);

/**
 * Undoes the escapes of JSON's strings wherever they stand, in UTF-8; undefined
 * if there are none. What is no escape stays as it is.
 */
export function undoJsonEscapes(text: Uint8Array): Uint8Array | undefined {
  let from = text.indexOf(backslash);
  if (from < 0) {
    return undefined;
  }
  const plain = new Uint8Array(text.length);
  plain.set(text.subarray(0, from));
  let length = from;
  let changed = false;
  while (from < text.length) {
    const byte = text[from] ?? 0;
    const next = text[from + 1];
    const meant = byte === backslash && next !== undefined ? simple.get(next) : undefined;
    if (meant !== undefined) {
      plain[length++] = meant;
      from += 2;
      changed = true;
      continue;
    }
    const unit = byte === backslash ? unicodeEscape(text, from) : -1;
    if (unit < 0) {
      plain[length++] = byte;
      from += 1;
      continue;
    }
    const low = isHigh(unit) ? unicodeEscape(text, from + 6) : -1;
    const pair = isLow(low);
    const code = pair ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : unit;
    length += writeUtf8(plain, length, code);
    from += pair ? 12 : 6;
    changed = true;
  }
  return changed ? plain.subarray(0, length) : undefined;
}

/** The code unit of `\uXXXX` at a place, or -1. */
function unicodeEscape(text: Uint8Array, at: number): number {
  if (text[at] !== backslash || text[at + 1] !== 0x75) {
    return -1;
  }
  let unit = 0;
  for (let i = at + 2; i < at + 6; i++) {
    const digit = hexDigit(text[i]);
    if (digit < 0) {
      return -1;
    }
    unit = unit * 16 + digit;
  }
  return unit;
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) {
    return -1;
  }
  if (byte >= 0x30 && byte <= 0x39) {
    return byte - 0x30;
  }
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Writes a code point, which takes fewer bytes than its escape. Returns how many. */
function writeUtf8(into: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    into[at] = code;
    return 1;
  }
  if (code < 0x800) {
    into[at] = 0xc0 | (code >> 6);
    into[at + 1] = 0x80 | (code & 0x3f);
    return 2;
  }
  if (code < 0x10000) {
    into[at] = 0xe0 | (code >> 12);
    into[at + 1] = 0x80 | ((code >> 6) & 0x3f);
    into[at + 2] = 0x80 | (code & 0x3f);
    return 3;
  }
  into[at] = 0xf0 | (code >> 18);
  into[at + 1] = 0x80 | ((code >> 12) & 0x3f);
  into[at + 2] = 0x80 | ((code >> 6) & 0x3f);
  into[at + 3] = 0x80 | (code & 0x3f);
  return 4;
}
