import { CodecError } from "./codec-error.ts";
import { jsonText } from "./json-text.ts";
import type { MessageCodec } from "./message-codec.ts";
import {
  notJson,
  type ReadResult,
  type ReadTextOptions,
  readBytes,
  readText,
} from "./read-json.ts";
import type { ReadOptions } from "./read-options.ts";
import { JsonTextReader } from "./text-reader.ts";

/**
 * Reads a message from a value that `JSON.parse` returned. Throws a
 * {@link CodecError} that lists every problem. If there is still the text,
 * {@link fromJsonString} is faster, and sees duplicate keys.
 */
export function fromJson<T>(schema: MessageCodec<T>, json: unknown, options?: ReadOptions): T {
  return unwrap(schema, "from JSON", tryFromJson(schema, json, options));
}

/** As {@link fromJson}, but returns problems instead of throwing them. */
export function tryFromJson<T>(
  schema: MessageCodec<T>,
  json: unknown,
  options?: ReadOptions,
): ReadResult<T> {
  let text: string;
  try {
    text = jsonText(json);
  } catch (error) {
    return notJson(error);
  }
  return tryFromJsonString(schema, text, options);
}

/**
 * Reads a message from JSON text. Throws a {@link CodecError} that lists every
 * problem.
 */
export function fromJsonString<T>(
  schema: MessageCodec<T>,
  text: string,
  options?: ReadTextOptions,
): T {
  return unwrap(schema, "from JSON", tryFromJsonString(schema, text, options));
}

/** As {@link fromJsonString}, but returns problems instead of throwing them. */
export function tryFromJsonString<T>(
  schema: MessageCodec<T>,
  text: string,
  options: ReadTextOptions = {},
): ReadResult<T> {
  return readText(schema, text, options, JsonTextReader);
}

/**
 * Reads a message from JSON text in UTF-8, as it comes from a network: faster
 * than to decode the text first. A byte order mark is skipped. Throws a
 * {@link CodecError} that lists every problem.
 */
export function fromJsonBytes<T>(
  schema: MessageCodec<T>,
  bytes: Uint8Array,
  options?: ReadTextOptions,
): T {
  return unwrap(schema, "from JSON", tryFromJsonBytes(schema, bytes, options));
}

/** As {@link fromJsonBytes}, but returns problems instead of throwing them. */
export function tryFromJsonBytes<T>(
  schema: MessageCodec<T>,
  bytes: Uint8Array,
  options: ReadTextOptions = {},
): ReadResult<T> {
  return readBytes(schema, bytes, options, JsonTextReader);
}

/** The message of a result. Throws a {@link CodecError} if there is none. */
export function unwrap<T>(schema: MessageCodec<T>, source: string, result: ReadResult<T>): T {
  if (result.ok) {
    return result.message;
  }
  throw new CodecError(`cannot read ${schema.typeName} ${source}`, result.problems);
}
