import { encodeBase64 } from "./base64.ts";
import type { JsonValue } from "./json-value.ts";
import type { JsonWriter } from "./json-writer.ts";

// Writers of scalars. Handlers may be plain JavaScript, so that a value of the
// wrong type is refused here instead of standing on the wire.

/** Writes a string. */
export function writeString(value: string, output: JsonWriter): JsonValue {
  return typeof value === "string" ? value : output.expected("string", value);
}

/** Writes a boolean. */
export function writeBool(value: boolean, output: JsonWriter): JsonValue {
  return typeof value === "boolean" ? value : output.expected("boolean", value);
}

/** Writes any 32-bit integer. */
export function writeInt32(value: number, output: JsonWriter): JsonValue {
  return typeof value === "number" ? value : output.expected("number", value);
}

/** Writes float and double: what JSON numbers can't express has a name. */
export function writeDouble(value: number, output: JsonWriter): JsonValue {
  if (typeof value !== "number") {
    return output.expected("number", value);
  }
  return Number.isFinite(value) ? value : String(value);
}

/** Writes any 64-bit integer: a string, because JSON numbers are doubles for many. */
export function writeInt64(value: bigint | string, output: JsonWriter): JsonValue {
  return typeof value === "bigint" ||
    typeof value === "string" ||
    (typeof value === "number" && Number.isInteger(value))
    ? String(value)
    : output.expected("bigint", value);
}

/** Writes bytes as base64. */
export function writeBytes(value: Uint8Array, output: JsonWriter): JsonValue {
  return value instanceof Uint8Array ? encodeBase64(value) : output.expected("Uint8Array", value);
}
