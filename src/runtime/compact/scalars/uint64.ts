import { scalar } from "../scalar.ts";
import type { KeyType } from "../value-type.ts";
import { getVarint64, take, view } from "../wire-reader.ts";
import { putFixed, putVarint64 } from "../wire-writer.ts";
import { parseInt64 } from "./int64.ts";

function unsigned(decode: () => bigint, encode: (value: bigint) => void, wire = 0) {
  return scalar(
    "uint64",
    wire,
    0n,
    (value) => typeof value === "bigint" && BigInt.asUintN(64, value) === value,
    decode,
    encode,
    parseInt64,
    String,
  );
}

/** Values of `uint64`. */
export const uint64: KeyType<bigint> = /* @__PURE__ */ unsigned(
  () => BigInt.asUintN(64, getVarint64()),
  putVarint64,
);

/** Values of `fixed64`. */
export const fixed64: KeyType<bigint> = /* @__PURE__ */ unsigned(
  () => view.getBigUint64(take(8), true),
  (value) => putFixed(8, (view, at) => view.setBigUint64(at, value, true)),
  1,
);
