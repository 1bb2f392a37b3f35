import { ExactJsonReader } from "../codec/exact-reader.ts";
import { unwrap } from "../codec/from-json.ts";
import type { MessageCodec } from "../codec/message-codec.ts";
import { readBytes } from "../codec/read-json.ts";
import { endOfValue, skipSpace } from "../codec/skip-json.ts";
import { decodeText, parseBody } from "./json-body.ts";

const openBrace = 0x7b;

/**
 * Whether bytes look like one JSON object that is not nested deeper than
 * `maxDepth`: if they are JSON, which is seen when they are read, they are one.
 */
export function looksLikeObject(bytes: Uint8Array, maxDepth: number): boolean {
  const start = skipSpace(bytes, 0);
  const end = bytes[start] === openBrace ? endOfValue(bytes, start, maxDepth) : -1;
  return end >= 0 && skipSpace(bytes, end) === bytes.length;
}

/**
 * Reads a message from a JSON object in UTF-8; integers that a number cannot
 * hold lose no digits. A `Refusal` if it is no JSON, a `CodecError` with all
 * problems if it is not the message.
 */
export function decodeObject(input: MessageCodec<unknown>, json: Uint8Array): unknown {
  const read = readBytes(input, json, {}, ExactJsonReader);
  if (!read.ok) {
    parseBody(decodeText(json));
  }
  return unwrap(input, "from JSON", read);
}
