import type { JsonObject, JsonValue } from "./json-value.ts";
import type { JsonWriter } from "./json-writer.ts";
import { setOwn } from "./own-property.ts";

/** Writes a value of a field, list or map. */
export type WriteValue<V> = (value: V, output: JsonWriter) => JsonValue;

/** Writes a list. */
export function writeList<V>(
  list: readonly V[],
  output: JsonWriter,
  write: WriteValue<V>,
): JsonValue[] {
  const json: JsonValue[] = [];
  for (const value of list) {
    json.push(write(value, output));
  }
  return json;
}

/** A map that is kept in an object; names of properties may be numbers. */
type RecordOf<V> = { readonly [key: number]: V | undefined };

/** Whether a map that is kept in an object has any entries. */
export function hasEntries(record: object): boolean {
  for (const key in record) {
    if (Object.hasOwn(record, key)) {
      return true;
    }
  }
  return false;
}

/** Writes a map that is kept in an object. As other libraries do, it leaves undefined out. */
export function writeRecord<V>(
  record: RecordOf<V>,
  output: JsonWriter,
  write: WriteValue<V>,
): JsonObject {
  const json: JsonObject = {};
  for (const [key, value] of Object.entries<V | undefined>(record)) {
    if (value !== undefined) {
      setOwn(json, key, write(value, output));
    }
  }
  return json;
}

/** Writes a `Map`. */
export function writeMap<V>(
  map: ReadonlyMap<unknown, V>,
  output: JsonWriter,
  write: WriteValue<V>,
): JsonObject {
  const json: JsonObject = {};
  for (const [key, value] of map) {
    setOwn(json, String(key), write(value, output));
  }
  return json;
}
