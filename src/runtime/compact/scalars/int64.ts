import { scalar } from "../scalar.ts";
import type { KeyType } from "../value-type.ts";
import { getVarint64, take, view } from "../wire-reader.ts";
import { putFixed, putVarint64 } from "../wire-writer.ts";

/** Longer than any integer of 64 bits, in whatever base: BigInt takes its time for more digits. */
const maxLength = 99;

/** Reads a string with an integer, or a number that is one. */
export function parseInt64(json: unknown): unknown {
  try {
    return typeof json === "number" ||
      (typeof json === "string" && json !== "" && json.length <= maxLength)
      ? BigInt(json)
      : undefined;
  } catch {
    return undefined;
  }
}

function signed(decode: () => bigint, encode: (value: bigint) => void, wire = 0): KeyType<bigint> {
  return scalar(
    "int64",
    wire,
    0n,
    (value) => typeof value === "bigint" && BigInt.asIntN(64, value) === value,
    decode,
    encode,
    parseInt64,
    String,
  );
}

/** Values of `int64`. */
export const int64: KeyType<bigint> = /* @__PURE__ */ signed(
  () => BigInt.asIntN(64, getVarint64()),
  putVarint64,
);

/** Values of `sint64`. */
export const sint64: KeyType<bigint> = /* @__PURE__ */ signed(
  () => {
    const bits = BigInt.asUintN(64, getVarint64());
    return (bits >> 1n) ^ -(bits & 1n);
  },
  (value) => putVarint64((value << 1n) ^ (value >> 63n)),
);

/** Values of `sfixed64`. */
export const sfixed64: KeyType<bigint> = /* @__PURE__ */ signed(
  () => view.getBigInt64(take(8), true),
  (value) => putFixed(8, (view, at) => view.setBigInt64(at, value, true)),
  1,
);
