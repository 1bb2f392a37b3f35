import type { ValueType } from "./value-type.ts";

// What is encoded right now, from its end to its start: so every length is
// known where it belongs, and nothing has to be moved.

const usual = 1 << 12;

let buffer = new Uint8Array(usual);
let view = new DataView(buffer.buffer);
/** How many bytes at the end of the buffer are taken. */
let size = 0;

/** Returns what is encoded meanwhile. */
export function encoded(encode: () => void): Uint8Array<ArrayBuffer> {
  // Getters of a message may encode something else.
  const before = size;
  try {
    encode();
    return buffer.slice(buffer.length - size, buffer.length - before);
  } finally {
    size = before;
    if (size === 0 && buffer.length > usual) {
      resize(usual);
    }
  }
}

function resize(length: number): void {
  const taken = buffer.subarray(buffer.length - size);
  buffer = new Uint8Array(length);
  buffer.set(taken, length - size);
  view = new DataView(buffer.buffer);
}

/** Takes some bytes before all others, and returns where they are. */
function take(length: number): number {
  if (size + length > buffer.length) {
    resize(2 * (size + length));
  }
  size += length;
  return buffer.length - size;
}

/** Encodes a varint of 32 bits, or of 64. */
export function putVarint(lower: number, upper = 0): void {
  const bits = upper === 0 ? 32 - Math.clz32(lower) : 64 - Math.clz32(upper);
  let at = take(Math.ceil(bits / 7) || 1);
  let low = lower;
  let high = upper;
  for (; low >>> 7 !== 0 || high !== 0; at++) {
    buffer[at] = low | 128;
    low = (low >>> 7) | (high << 25);
    high >>>= 7;
  }
  buffer[at] = low;
}

/** Encodes a varint of 64 bits. */
export function putVarint64(value: bigint): void {
  putVarint(Number(value & 0xffffffffn), Number((value >> 32n) & 0xffffffffn));
}

/** Encodes a number of some bytes. */
export function putFixed(length: number, put: (view: DataView, at: number) => void): void {
  const at = take(length);
  put(view, at);
}

/** Encodes bytes. */
export function putBytes(bytes: Uint8Array): void {
  const at = take(bytes.length);
  buffer.set(bytes, at);
  putVarint(bytes.length);
}

/** Encodes a string. */
export function putString(text: string): void {
  const { length } = text;
  const at = take(length);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      // Not ASCII after all.
      size -= length;
      putBytes(new TextEncoder().encode(text));
      return;
    }
    buffer[at + i] = code;
  }
  putVarint(length);
}

/** Encodes something with its length. */
export function putDelimited(encode: () => void): void {
  const before = size;
  encode();
  putVarint(size - before);
}

/** Encodes a value and its tag. */
export function putTagged<V>(type: ValueType<V>, value: V, number: number): void {
  type.encode(value);
  putVarint((number << 3) | type.wire);
}
