import type { JsonReader } from "./json-reader.ts";
import type { JsonValue } from "./json-value.ts";
import type { JsonWriter } from "./json-writer.ts";

/**
 * A message type that a `google.protobuf.Any` may hold. In JSON an Any shows
 * the message inside, so reading and writing it takes both codecs of its type.
 */
export interface AnyType {
  /** Full name of the message type. */
  readonly typeName: string;
  /**
   * True for well-known types whose JSON isn't an object of fields: they stand
   * in the member `value`.
   */
  readonly special: boolean;
  /** Reads JSON, and returns the message in the binary format. */
  read(json: unknown, input: JsonReader): Uint8Array;
  /** Writes a message in the binary format as JSON. */
  write(bytes: Uint8Array, output: JsonWriter): JsonValue;
}

/**
 * The types that messages inside of `google.protobuf.Any` may have, by full
 * name: a Map, or anything else that looks them up.
 */
export interface AnyTypes {
  get(typeName: string): AnyType | undefined;
}
