import { enter, fail, leave } from "./context.ts";

/** What is wrong with tags and varints that can't be. */
const malformed = "malformed field";

// What is decoded right now. Decoding calls nobody else's code, so that there
// is never more than one input.

let bytes: Uint8Array;
/** Numbers in the bytes. */
export let view: DataView;
let position = 0;
/** Where the message ends, or whatever else has a length. */
let end = 0;
/** The bits of the last varint above the lower 49. */
let high = 0;

/** Made when it is needed, which takes its time. */
let decoder: TextDecoder | undefined;

/** Strings up to this length may be ASCII, which is decoded without the decoder. */
const shortString = 64;

/** Decodes bytes, field by field. */
export function decodeAll(input: Uint8Array, decodeField: () => void): void {
  bytes = input;
  view = new DataView(input.buffer, input.byteOffset, input.length);
  position = 0;
  end = input.length;
  decodeFields(decodeField);
}

function decodeFields(decodeField: () => void): void {
  while (position < end) {
    decodeField();
  }
}

/** Decodes, piece by piece, what has its length before it. */
export function getDelimited(decodePiece: () => void): void {
  const outer = end;
  const start = take(getVarint());
  end = position;
  position = start;
  decodeFields(decodePiece);
  end = outer;
}

/** Goes behind some bytes, and returns where they begin. */
export function take(length: number): number {
  const start = position;
  position += length;
  return position > end ? fail("ends too early") : start;
}

/** Decodes a varint: its lower 49 bits. */
export function getVarint(): number {
  let low = 0;
  high = 0;
  for (let i = 0, unit = 1; i < 10; i++, unit *= 128) {
    const byte = bytes[take(1)] ?? 0;
    if (i < 7) {
      low += (byte & 127) * unit;
    } else {
      high |= (byte & 127) << (7 * i - 49);
    }
    if (byte < 128) {
      return low;
    }
  }
  return fail(malformed);
}

/** Decodes a varint of 64 bits, or a few more. */
export function getVarint64(): bigint {
  const low = getVarint();
  return high === 0 ? BigInt(low) : (BigInt(high) << 49n) | BigInt(low);
}

/** Decodes a boolean. */
export const getBool = (): boolean => getVarint() + high > 0;

/** Decodes bytes. The result is part of the input. */
export function getBytes(): Uint8Array {
  return bytes.subarray(take(getVarint()), position);
}

/** Decodes a string. */
export function getString(): string {
  const length = getVarint();
  const start = take(length);
  if (length < shortString) {
    const codes = [];
    for (let i = start; i < position && Number(bytes[i]) < 128; i++) {
      codes.push(Number(bytes[i]));
    }
    if (codes.length === length) {
      return String.fromCharCode(...codes);
    }
  }
  decoder ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes.subarray(start, position));
  } catch {
    return fail("not valid UTF-8");
  }
}

/** Decodes a tag. */
export function getTag(): number {
  const tag = getVarint();
  return tag < 8 || tag > 0xffffffff ? fail(malformed) : tag;
}

/** Goes behind a field. */
export function skipField(tag: number): void {
  const wire = tag & 7;
  if (wire === 0) {
    getVarint();
  } else if (wire === 3) {
    skipGroup(tag + 1);
  } else {
    const length = wire === 1 ? 8 : wire === 5 ? 4 : wire === 2 && getVarint();
    take(length === false ? fail(malformed) : length);
  }
}

function skipGroup(endTag: number): void {
  enter();
  for (let tag = getTag(); tag !== endTag; tag = getTag()) {
    skipField(tag);
  }
  leave();
}
