import type { JsonObject } from "../codec/json-value.ts";
import type { ReadResult, ReadTextOptions } from "../codec/read-json.ts";
import type { ReadOptions } from "../codec/read-options.ts";
import type { WriteOptions } from "../codec/write-options.ts";
import { attempt, fail, keyCount, unwrap } from "./context.ts";
import { findDuplicateKeys } from "./duplicate-keys.ts";
import type { CompactCodec } from "./message.ts";

/**
 * Reads a message from a value that `JSON.parse` returned. Throws a
 * {@link CodecError} that lists every problem. {@link fromJsonString} also sees
 * duplicate keys.
 */
export function fromJson<T>(codec: CompactCodec<T>, json: unknown, options?: ReadOptions): T {
  return unwrap("read", codec, "from JSON", tryFromJson(codec, json, options));
}

/** As {@link fromJson}, but returns problems instead of throwing them. */
export function tryFromJson<T>(
  codec: CompactCodec<T>,
  json: unknown,
  options: ReadOptions = {},
): ReadResult<T> {
  return attempt(options, () => codec.read(json));
}

/** Reads a message from JSON text. Throws a {@link CodecError} that lists every problem. */
export function fromJsonString<T>(
  codec: CompactCodec<T>,
  text: string,
  options?: ReadTextOptions,
): T {
  return unwrap("read", codec, "from JSON", tryFromJsonString(codec, text, options));
}

/** As {@link fromJsonString}, but returns problems instead of throwing them. */
export function tryFromJsonString<T>(
  codec: CompactCodec<T>,
  text: string,
  options: ReadTextOptions = {},
): ReadResult<T> {
  return attempt(options, () => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      // Without the piece of the text that V8 quotes: it may be secret.
      fail(`not well-formed JSON: ${(error as Error).message.split(/, (?:\.\.\.)?"/)[0]}`);
    }
    const message = codec.read(json);
    if (options.duplicateKeys !== "keepLast" && mayHaveDuplicates(text)) {
      findDuplicateKeys(text);
    }
    return message;
  });
}

/**
 * Whether keys may be twice in a text that has been read: a key is followed by
 * a colon, perhaps with white space before it. If there are no more of these
 * than keys that were read, none is twice.
 */
function mayHaveDuplicates(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf(":"); at > 0; at = text.indexOf(":", at + 1)) {
    if ('" \n\r\t'.includes(text[at - 1] as string)) {
      count++;
    }
  }
  return count > keyCount;
}

/**
 * Writes a message as a JSON value. Fields that are not set, or have the
 * default value of a field without presence, are left out. Throws a
 * {@link CodecError} that lists what can't be written.
 */
export function toJson<T>(
  codec: CompactCodec<T>,
  message: T,
  options: WriteOptions = {},
): JsonObject {
  return unwrap(
    "write",
    codec,
    "to JSON",
    attempt(options, () => codec.write(message) as JsonObject),
  );
}

/** Writes a message as JSON text: see {@link toJson}. */
export function toJsonString<T>(
  codec: CompactCodec<T>,
  message: T,
  options?: WriteOptions,
): string {
  return JSON.stringify(toJson(codec, message, options));
}
