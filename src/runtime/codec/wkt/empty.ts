import type { Empty as EmptyMessage } from "@bufbuild/protobuf/wkt";
import type { JsonReader } from "../json-reader.ts";
import type { JsonObject } from "../json-value.ts";
import type { JsonWriter } from "../json-writer.ts";

/** A `google.protobuf.Empty`: a message without fields. */
export type Empty = Record<never, never>;

/** Reads an Empty: an object without known members. */
export function readEmpty(json: unknown, input: JsonReader): Empty {
  const members = input.open(json);
  for (const key in members) {
    input.unknown(members[key]);
    input.at(key);
  }
  input.close();
  return {};
}

/** Reads an Empty as protobuf-es keeps it. */
export function readEmptyMessage(json: unknown, input: JsonReader): EmptyMessage {
  readEmpty(json, input);
  return initEmptyMessage({});
}

/** Writes an Empty. */
export function writeEmpty(_message: Empty, _output: JsonWriter): JsonObject {
  return {};
}

/** Returns an Empty. */
export function initEmpty(_init: Empty): Empty {
  return {};
}

/** Returns an Empty as protobuf-es keeps it. */
export function initEmptyMessage(_init: Empty): EmptyMessage {
  return { $typeName: "google.protobuf.Empty" };
}
