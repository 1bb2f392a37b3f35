import { CodecError } from "./codec-error.ts";
import type { JsonObject } from "./json-value.ts";
import type { MessageCodec } from "./message-codec.ts";
import { leaveFastPath } from "./text-printer.ts";
import { JsonTextWriter } from "./text-writer.ts";
import { JsonValueWriter } from "./value-writer.ts";
import type { WriteOptions } from "./write-options.ts";

/**
 * Writes a message as a JSON value. Fields that are not set, or have the
 * default value of a field without presence, are left out. Throws a
 * {@link CodecError} that lists what can't be written.
 */
export function toJson<T>(schema: MessageCodec<T>, message: T, options?: WriteOptions): JsonObject {
  const output = new JsonValueWriter(options);
  schema.writeJson(message, output);
  if (output.problems.length > 0) {
    throw new CodecError(`cannot write ${schema.typeName} to JSON`, output.problems);
  }
  // Generated writers open a message, so that it is an object.
  return output.result as JsonObject;
}

/** Writes a message as JSON text: see {@link toJson}. */
export function toJsonString<T>(
  schema: MessageCodec<T>,
  message: T,
  options?: WriteOptions,
): string {
  const output = print(schema, message, options);
  return output === undefined ? JSON.stringify(toJson(schema, message, options)) : output.finish();
}

/** Writes a message as JSON text in UTF-8: see {@link toJson}. */
export function toJsonBytes<T>(
  schema: MessageCodec<T>,
  message: T,
  options?: WriteOptions,
): Uint8Array<ArrayBuffer> {
  const output = print(schema, message, options);
  return output === undefined
    ? new TextEncoder().encode(JSON.stringify(toJson(schema, message, options)))
    : output.finishBytes();
}

/** The fast path: undefined if the message needs to be written with care. */
function print<T>(
  schema: MessageCodec<T>,
  message: T,
  options: WriteOptions | undefined,
): JsonTextWriter | undefined {
  const output = new JsonTextWriter(options);
  try {
    schema.writeJson(message, output);
    return output;
  } catch (error) {
    output.release();
    if (error !== leaveFastPath) {
      throw error;
    }
    return undefined;
  }
}
