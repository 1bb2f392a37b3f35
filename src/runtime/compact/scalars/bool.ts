import { scalar } from "../scalar.ts";
import type { KeyType, ValueType } from "../value-type.ts";
import { getBool } from "../wire-reader.ts";
import { putVarint } from "../wire-writer.ts";

const isBool = (value: unknown) => typeof value === "boolean";
const putBool = (value: boolean) => putVarint(Number(value));

/** Booleans. */
export const bool: ValueType<boolean> = /* @__PURE__ */ scalar(
  "boolean",
  0,
  false,
  isBool,
  getBool,
  putBool,
);

/** Keys of `map<bool, V>`, which JSON has as text. */
export const boolKey: KeyType<boolean> = /* @__PURE__ */ scalar(
  "true or false",
  0,
  false,
  isBool,
  getBool,
  putBool,
  (text) => (text === "true" ? true : text === "false" ? false : undefined),
);
