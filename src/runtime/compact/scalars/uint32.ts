import { scalar } from "../scalar.ts";
import type { KeyType } from "../value-type.ts";
import { getVarint, take, view } from "../wire-reader.ts";
import { putFixed, putVarint } from "../wire-writer.ts";
import { parseInt32 } from "./int32.ts";

const isUint32 = (value: unknown) => Number.isInteger(value) && Number(value) >>> 0 === value;

function unsigned(decode: () => number, encode: (value: number) => void, wire = 0) {
  return scalar("uint32", wire, 0, isUint32, decode, encode, parseInt32);
}

/** Values of `uint32`. */
export const uint32: KeyType<number> = /* @__PURE__ */ unsigned(() => getVarint() >>> 0, putVarint);

/** Values of `fixed32`. */
export const fixed32: KeyType<number> = /* @__PURE__ */ unsigned(
  () => view.getUint32(take(4), true),
  (value) => putFixed(4, (view, at) => view.setUint32(at, value, true)),
  5,
);
