import { OneByteText } from "../codec/one-byte-text.ts";
import type { HttpResponse } from "./exchange.ts";

/** A body that is complete. A string stands for its UTF-8. */
export type WholeBody = string | Uint8Array<ArrayBuffer> | OneByteText;

/** Whether a body is complete, instead of coming in pieces. */
export function isWhole(body: HttpResponse["body"]): body is WholeBody {
  return typeof body === "string" || body instanceof OneByteText || body instanceof Uint8Array;
}

/** A body as platforms know it. */
export function standardBody(body: WholeBody): string | Uint8Array<ArrayBuffer> {
  return typeof body === "string" || body instanceof Uint8Array
    ? body
    : Uint8Array.from(body.text, (character) => character.charCodeAt(0));
}
