import { CodecError } from "./codec-error.ts";
import type { JsonObject } from "./json-value.ts";
import { JsonWriter, type WriteOptions } from "./json-writer.ts";
import type { MessageCodec } from "./message-codec.ts";

/**
 * Writes a message as a JSON value. Fields that are not set, or have the
 * default value of a field without presence, are left out. Throws a
 * {@link CodecError} that lists what can't be written.
 */
export function toJson<T>(schema: MessageCodec<T>, message: T, options?: WriteOptions): JsonObject {
  const output = new JsonWriter(options);
  const json = schema.writeJson(message, output);
  if (output.failed) {
    throw new CodecError(`cannot write ${schema.typeName} to JSON`, output.problems(json));
  }
  return json;
}

/** Writes a message as JSON text: see {@link toJson}. */
export function toJsonString<T>(
  schema: MessageCodec<T>,
  message: T,
  options?: WriteOptions,
): string {
  return JSON.stringify(toJson(schema, message, options));
}
