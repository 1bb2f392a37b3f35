import { bytewiseText } from "../codec/byte-text.ts";

const noTraceId = "0".repeat(32);
const noSpanId = "0".repeat(16);

/** The codes of the hex digits. */
const digits = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** Random bytes for many ids: one request for randomness costs as much for 256 ids as for one. */
const pool = new Uint8Array(16 * 256);

/** Their digits. */
const codes = new Uint8Array(2 * pool.length);

/** The same as text, out of which ids are cut, and how much of it has been used. */
let text = "";
let used = 0;

/** How many bytes are filled the first time: a process that starts has no time for more. */
const fewBytes = 64;

let fill = (bytes: Uint8Array<ArrayBuffer>): unknown => crypto.getRandomValues(bytes);

/**
 * Takes randomness for ids from somewhere else than WebCrypto: every platform has
 * that, but not every platform has it at hand.
 *
 * @param source fills an array with bytes that nobody can foretell
 */
export function takeRandomnessFrom(source: (bytes: Uint8Array<ArrayBuffer>) => unknown): void {
  fill = source;
}

/** Makes a random trace id: 32 lowercase hex digits, not all zero. */
export function randomTraceId(): string {
  const id = randomHex(16);
  return id === noTraceId ? randomTraceId() : id;
}

/** Makes a random span id: 16 lowercase hex digits, not all zero. */
export function randomSpanId(): string {
  const id = randomHex(8);
  return id === noSpanId ? randomSpanId() : id;
}

function randomHex(bytes: 8 | 16): string {
  if (used === text.length) {
    refill(text === "" ? pool.subarray(0, fewBytes) : pool);
  }
  const id = text.slice(used, used + 2 * bytes);
  used += 2 * bytes;
  // What ids of 8 bytes leave at the end of the pool is enough for one more of them only.
  if (text.length - used < 32) {
    used = text.length;
  }
  return id;
}

function refill(bytes: Uint8Array<ArrayBuffer>): void {
  fill(bytes);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    codes[2 * i] = digits[byte >> 4] ?? 0;
    codes[2 * i + 1] = digits[byte & 15] ?? 0;
  }
  text = bytewiseText(codes, 2 * bytes.length);
  used = 0;
}

const traceParent = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;

/**
 * The trace id of a `traceparent` header, or undefined if the header is not
 * valid. See https://www.w3.org/TR/trace-context/#traceparent-header.
 */
export function readTraceParent(header: string | undefined): string | undefined {
  // Longer ones belong to versions of the future; 512 is what the standard asks to carry.
  if (header === undefined || header.length < 55 || header.length > 512) {
    return undefined;
  }
  const [, version, traceId, spanId, rest] = traceParent.exec(header) ?? [];
  const valid =
    version !== "ff" &&
    !(version === "00" && rest !== undefined) &&
    traceId !== noTraceId &&
    spanId !== noSpanId;
  return valid ? traceId : undefined;
}
