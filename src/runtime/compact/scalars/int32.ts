import { parseNumber } from "../../codec/parse-number.ts";
import { scalar } from "../scalar.ts";
import type { KeyType } from "../value-type.ts";
import { getVarint, take, view } from "../wire-reader.ts";
import { putFixed, putVarint } from "../wire-writer.ts";

/** Whether a value is an integer of 32 bits with a sign. */
export const isInt32 = (value: unknown): boolean =>
  Number.isInteger(value) && (Number(value) | 0) === value;

/** Decodes an int32, which may have been encoded with 64 bits. */
export const getInt32 = (): number => getVarint() | 0;

/** Encodes an int32: with 64 bits if it is negative. */
export const putInt32 = (value: number): void => putVarint(value, value >> 31);

/** Reads a number, or a string with one. */
export const parseInt32 = (json: unknown): unknown =>
  typeof json === "string" ? parseNumber(json) : json;

function signed(decode: () => number, encode: (value: number) => void, wire = 0): KeyType<number> {
  return scalar("int32", wire, 0, isInt32, decode, encode, parseInt32);
}

/** Values of `int32`. */
export const int32: KeyType<number> = /* @__PURE__ */ signed(getInt32, putInt32);

/** Values of `sint32`. */
export const sint32: KeyType<number> = /* @__PURE__ */ signed(
  () => {
    const bits = getInt32();
    return (bits >>> 1) ^ -(bits & 1);
  },
  (value) => putVarint((value << 1) ^ (value >> 31)),
);

/** Values of `sfixed32`. */
export const sfixed32: KeyType<number> = /* @__PURE__ */ signed(
  () => view.getInt32(take(4), true),
  (value) => putFixed(4, (view, at) => view.setInt32(at, value, true)),
  5,
);
