import type { JsonReader } from "../json-reader.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import type { JsonWriter } from "../json-writer.ts";
import { setOwn } from "../own-property.ts";
import { readList } from "../read-collection.ts";
import { writeList } from "../write-collection.ts";

// google.protobuf.Struct, Value and ListValue, kept as the JSON that they stand for.

/** Reads a Value: any JSON. */
export function readValue(json: unknown, input: JsonReader): JsonValue {
  // A Value counts twice towards the depth: as a message, and as the value in it.
  return nested(input, null, () => copy(json, input));
}

/** Reads a Struct: any JSON object. */
export function readStruct(json: unknown, input: JsonReader): JsonObject {
  return nested(input, {}, () => copyObject(json, input));
}

/** Reads a ListValue: any JSON array. */
export function readListValue(json: unknown, input: JsonReader): JsonValue[] {
  return nested(input, [], () => copyList(json, input));
}

function nested<T>(input: JsonReader, otherwise: T, read: () => T): T {
  if (!input.deeper()) {
    return otherwise;
  }
  input.depth++;
  const value = read();
  input.depth--;
  return value;
}

function copy(json: unknown, input: JsonReader): JsonValue {
  if (!input.deeper()) {
    return null;
  }
  switch (typeof json) {
    case "string":
    case "number":
    case "boolean":
      return json;
    case "object": {
      if (json === null) {
        return null;
      }
      input.depth++;
      const value = Array.isArray(json) ? copyList(json, input) : copyObject(json, input);
      input.depth--;
      return value;
    }
    default:
      input.expected("JSON value", json);
      return null;
  }
}

function copyObject(json: unknown, input: JsonReader): JsonObject {
  const object: JsonObject = {};
  const members = input.object(json);
  for (const key in members) {
    const before = input.count;
    setOwn(object, key, copy(members[key], input));
    input.entry(key, before);
  }
  return object;
}

function copyList(json: unknown, input: JsonReader): JsonValue[] {
  return readList(json, input, copy);
}

/** Writes a Value, a copy. JSON has no other numbers than finite ones. */
export function writeValue(value: unknown, output: JsonWriter): JsonValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : output.expected("finite number", value);
    case "object":
      if (value === null) {
        return null;
      }
      return Array.isArray(value) ? writeListValue(value, output) : writeStruct(value, output);
    default:
      return output.expected("JSON value", value);
  }
}

/** Writes a Struct, a copy. */
export function writeStruct(struct: object, output: JsonWriter): JsonObject {
  const json: JsonObject = {};
  for (const [key, value] of Object.entries(struct)) {
    setOwn(json, key, writeValue(value, output));
  }
  return json;
}

/** Writes a ListValue, a copy. */
export function writeListValue(list: readonly unknown[], output: JsonWriter): JsonValue[] {
  return writeList(list, output, writeValue);
}

/** Completes an initializer of a Struct: as it is. */
export function initStruct(init: object): JsonObject {
  return init as JsonObject;
}

/** Completes an initializer of a ListValue: as it is. */
export function initListValue(init: readonly unknown[]): JsonValue[] {
  return init as JsonValue[];
}
