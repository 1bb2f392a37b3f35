import { decodeBase64, encodeBase64 } from "../base64.ts";
import { scalar } from "../scalar.ts";
import type { ValueType } from "../value-type.ts";
import { getBytes } from "../wire-reader.ts";
import { putBytes } from "../wire-writer.ts";

/** Bytes. */
export const bytes: ValueType<Uint8Array> = /* @__PURE__ */ scalar(
  "base64 string",
  2,
  /* @__PURE__ */ new Uint8Array(),
  (value) => value instanceof Uint8Array,
  // A copy, so that a message doesn't keep all that it came with.
  () => getBytes().slice(),
  putBytes,
  decodeBase64,
  encodeBase64,
  (value) => value instanceof Uint8Array && value.length === 0,
);
