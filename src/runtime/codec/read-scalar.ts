import type { JsonInput } from "./json-input.ts";

// Readers of scalars as functions, for the elements of lists and the values of maps.

/** Reads a string. */
export const readString = (input: JsonInput): string => input.string();

/** Reads a boolean. */
export const readBool = (input: JsonInput): boolean => input.bool();

/** Reads bytes: base64 in either alphabet, with or without padding. */
export const readBytes = (input: JsonInput): Uint8Array<ArrayBuffer> => input.bytes();

/** Reads int32, sint32 and sfixed32: a number, or a string with one. */
export const readInt32 = (input: JsonInput): number => input.int32();

/** Reads uint32 and fixed32: a number, or a string with one. */
export const readUint32 = (input: JsonInput): number => input.uint32();

/** Reads int64, sint64 and sfixed64: a string with an integer, or a number. */
export const readInt64 = (input: JsonInput): bigint => input.int64();

/** Reads uint64 and fixed64: a string with an integer, or a number. */
export const readUint64 = (input: JsonInput): bigint => input.uint64();

/** Reads an int64 that the message keeps as text (`jstype = JS_STRING`). */
export const readInt64Text = (input: JsonInput): string => String(input.int64());

/** Reads a uint64 that the message keeps as text (`jstype = JS_STRING`). */
export const readUint64Text = (input: JsonInput): string => String(input.uint64());

/** Reads a float: as double, in its smaller range. The value isn't rounded. */
export function readFloat(input: JsonInput): number {
  const number = input.double();
  if (Number.isFinite(number) && !Number.isFinite(Math.fround(number))) {
    input.expected("number in the range of float");
  }
  return number;
}

/** Reads a double: a number, a string with one, or one of the special names. */
export const readDouble = (input: JsonInput): number => input.double();
