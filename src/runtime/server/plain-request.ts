import { bytewiseText } from "../codec/byte-text.ts";
import { findHeader, isName, nameHash } from "./raw-headers.ts";

/** A request whose form leaves no doubt. */
export interface PlainRequest {
  /** Path and query as they stand in the request line; begins with a slash. */
  readonly target: string;
  /** Names, each followed by its value, as they came. No name is there twice. */
  readonly rawHeaders: readonly string[];
  /** The bits of all names' hashes, so that a name whose bit is not there is not there either. */
  readonly nameBits: number;
  readonly body: Uint8Array;
}

/** More headers than this are not looked at. */
const maxHeaders = 64;

/** Where each header's name begins and ends, and its value, in the head at hand. */
const bounds = new Uint32Array(4 * maxHeaders);

/**
 * Reads a request if it is plain: one whole `POST` of HTTP/1.1 and nothing
 * else, with `host`, the length of its body, and nothing in its headers that
 * servers and proxies ever read in two ways. Undefined for everything else,
 * which is no judgement: an HTTP parser has to say what that is.
 *
 * What is plain is a part of the grammar of
 * https://www.rfc-editor.org/rfc/rfc9112, chosen so that there is one way only
 * to read it: single spaces, CRLF, no folded lines, ASCII, no header twice.
 */
export function readPlainRequest(bytes: Buffer, maxHeaderBytes: number): PlainRequest | undefined {
  // All of it has to be there, so that looking for the end does not pay off.
  const limit = Math.min(bytes.length, maxHeaderBytes);
  if (!startsWith(bytes, 0, post)) {
    return undefined;
  }
  let at = post.length - 1;
  while (at < limit && isOf(ofTarget, bytes[at])) {
    at++;
  }
  const targetEnd = at;
  if (!startsWith(bytes, at, version)) {
    return undefined;
  }
  at += version.length;
  // Where names and values begin and end; what they are is looked at when the head is known to be plain.
  let marks = 0;
  while (at < limit && bytes[at] !== cr) {
    const start = at;
    while (isOf(ofName, bytes[at])) {
      at++;
    }
    if (at === start || bytes[at] !== colon || marks >= bounds.length) {
      return undefined;
    }
    bounds[marks] = start;
    bounds[marks + 1] = at;
    at++;
    if (bytes[at] === space) {
      at++;
    }
    const valueStart = at;
    while (isOf(ofValue, bytes[at])) {
      at++;
    }
    if (
      at >= limit ||
      at === valueStart ||
      bytes[valueStart] === space ||
      bytes[at - 1] === space ||
      bytes[at] !== cr ||
      bytes[at + 1] !== lf
    ) {
      return undefined;
    }
    bounds[marks + 2] = valueStart;
    bounds[marks + 3] = at;
    marks += 4;
    at += 2;
  }
  const bodyStart = at + 2;
  if (bodyStart > limit || bytes[at + 1] !== lf) {
    return undefined;
  }
  const head = bytewiseText(bytes, at);
  // A list that grows would be copied twice.
  const rawHeaders = new Array<string>(marks / 2);
  const nameBits = readHeaders(head, marks, bytes.length - bodyStart, rawHeaders);
  return nameBits === undefined
    ? undefined
    : {
        target: head.slice(post.length - 1, targetEnd),
        rawHeaders,
        nameBits,
        body: bytes.subarray(bodyStart),
      };
}

/**
 * Reads names and values of a head, and returns the bits of the names; undefined
 * if the head has not what is plain.
 */
function readHeaders(
  head: string,
  marks: number,
  bodyLength: number,
  rawHeaders: string[],
): number | undefined {
  let nameBits = 0;
  let hasLength = false;
  let hasHost = false;
  for (let i = 0; i < marks; i += 4) {
    const name = head.slice(bounds[i], bounds[i + 1]);
    const value = head.slice(bounds[i + 2], bounds[i + 3]);
    const bit = 1 << nameHash(name);
    if ((nameBits & bit) !== 0 && findHeader(rawHeaders, name.toLowerCase()) !== 0) {
      return undefined;
    }
    nameBits |= bit;
    switch (framingOf(name)) {
      case "host":
        hasHost = true;
        break;
      case "length":
        if (readLength(value) !== bodyLength) {
          return undefined;
        }
        hasLength = true;
        break;
      case "connection":
        if (value !== "keep-alive" && value !== "Keep-Alive") {
          return undefined;
        }
        break;
      case "other":
        return undefined;
    }
    rawHeaders[i / 2] = name;
    rawHeaders[i / 2 + 1] = value;
  }
  return hasHost && hasLength ? nameBits : undefined;
}

/** What a header has to do with where the request ends, or what becomes of its connection. */
function framingOf(name: string): "host" | "length" | "connection" | "other" | undefined {
  switch (name.length) {
    case 4:
      return isName(name, "host") ? "host" : undefined;
    case 10:
      return isName(name, "connection") ? "connection" : undefined;
    case 14:
      return isName(name, "content-length") ? "length" : other(name, "http2-settings");
    case 2:
      return other(name, "te");
    case 6:
      return other(name, "expect");
    case 7:
      return other(name, "trailer") ?? other(name, "upgrade");
    case 16:
      return other(name, "proxy-connection");
    case 17:
      return other(name, "transfer-encoding");
    default:
      return undefined;
  }
}

function other(name: string, wanted: string): "other" | undefined {
  return isName(name, wanted) ? "other" : undefined;
}

/** A length in at most nine decimal digits, without zeros before it; -1 for anything else. */
function readLength(value: string): number {
  const { length } = value;
  if (length > 9 || (length > 1 && value.charCodeAt(0) === zero)) {
    return -1;
  }
  let number = 0;
  for (let i = 0; i < length; i++) {
    const digit = value.charCodeAt(i) - zero;
    if (digit < 0 || digit > 9) {
      return -1;
    }
    number = number * 10 + digit;
  }
  return number;
}

function startsWith(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) {
    if (bytes[at + i] !== text[i]) {
      return false;
    }
  }
  return true;
}

const post = Buffer.from("POST /");
const version = Buffer.from(" HTTP/1.1\r\n");
const lf = 0x0a;
const cr = 0x0d;
const space = 0x20;
const zero = 0x30;
const colon = 0x3a;

const ofTarget = 1;
const ofName = 2;
const ofValue = 4;

/** By byte, where it may stand. */
const classes = new Uint8Array(256);
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
allow(ofTarget, `${letters}-._~/?=&%+,:@!`);
// https://www.rfc-editor.org/rfc/rfc9110#name-tokens
allow(ofName, `${letters}!#$%&'*+-.^_\`|~`);
for (let byte = space; byte < 0x7f; byte++) {
  classes[byte] = (classes[byte] ?? 0) | ofValue;
}

/** Without iterators, which would be most of what a process allocates for this. */
function allow(set: number, characters: string): void {
  for (let i = 0; i < characters.length; i++) {
    const byte = characters.charCodeAt(i);
    classes[byte] = (classes[byte] ?? 0) | set;
  }
}

function isOf(set: number, byte: number | undefined): boolean {
  return ((classes[byte ?? 0] ?? 0) & set) !== 0;
}
