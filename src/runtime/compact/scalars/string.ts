import { scalar } from "../scalar.ts";
import type { KeyType } from "../value-type.ts";
import { getString } from "../wire-reader.ts";
import { putString } from "../wire-writer.ts";

/** Strings. Those with unpaired surrogates have no UTF-8, and are refused. */
export const string: KeyType<string> = /* @__PURE__ */ scalar(
  "string",
  2,
  "",
  (value) => typeof value === "string" && value.isWellFormed(),
  getString,
  putString,
);
