import { createHmac } from "node:crypto";

/** The headers that sign a callback, made apart from the code that checks them. */
export function signCallback(
  body: string | Uint8Array,
  secret: string,
  seconds = Math.floor(Date.now() / 1000),
): Record<string, string> {
  return {
    "x-coze-timestamp": String(seconds),
    "x-coze-signature": createHmac("sha256", secret)
      .update(`${seconds}.`)
      .update(body)
      .digest("hex"),
  };
}
