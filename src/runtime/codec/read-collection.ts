import type { JsonReader } from "./json-reader.ts";
import type { MapKey } from "./map-key.ts";
import { setOwn } from "./own-property.ts";

/**
 * Reads a value of a field, list or map. Returns a default after a problem;
 * undefined if the value is to be left out (an unknown enum name, where
 * unknown fields are ignored).
 */
export type ReadValue<V> = (json: unknown, input: JsonReader) => V | undefined;

/** Reads a list. */
export function readList<V>(json: unknown, input: JsonReader, read: ReadValue<V>): V[] {
  const list: V[] = [];
  if (!Array.isArray(json)) {
    input.expected("array", json);
    return list;
  }
  for (let i = 0; i < json.length; i++) {
    const before = input.count;
    const value = read(json[i], input);
    if (value !== undefined) {
      list.push(value);
    }
    if (input.count > before) {
      input.locate(before, `[${i}]`);
    }
  }
  return list;
}

/** Reads a map with string keys into an object. */
export function readRecord<V>(
  json: unknown,
  input: JsonReader,
  read: ReadValue<V>,
): Record<string, V> {
  const record: Record<string, V> = {};
  const members = input.object(json);
  for (const key in members) {
    const before = input.count;
    const value = read(members[key], input);
    if (value !== undefined) {
      setOwn(record, key, value);
      if (!input.wellFormed && !key.isWellFormed()) {
        input.problem("expected string as key, got one with an unpaired surrogate");
      }
    }
    input.entry(key, before);
  }
  return record;
}

/** Reads a map with boolean or integer keys into an object: keys become their text. */
export function readKeyedRecord<K, V>(
  json: unknown,
  input: JsonReader,
  key: MapKey<K>,
  read: ReadValue<V>,
): Record<string, V> {
  const record: Record<string, V> = {};
  readEntries(json, input, key, read, (key, value) => {
    record[String(key)] = value;
  });
  return record;
}

/** Reads a map with boolean or 64-bit integer keys into a `Map`. */
export function readMap<K, V>(
  json: unknown,
  input: JsonReader,
  key: MapKey<K>,
  read: ReadValue<V>,
): Map<K, V> {
  const map = new Map<K, V>();
  readEntries(json, input, key, read, (key, value) => map.set(key, value));
  return map;
}

function readEntries<K, V>(
  json: unknown,
  input: JsonReader,
  mapKey: MapKey<K>,
  read: ReadValue<V>,
  add: (key: K, value: V) => void,
): void {
  // "1" and "01" are one key.
  const seen = new Set<K>();
  const members = input.object(json);
  for (const name in members) {
    const before = input.count;
    const key = mapKey.parse(name);
    if (key !== undefined && seen.size === seen.add(key).size) {
      input.problem("duplicate map key");
    }
    const value = read(members[name], input);
    if (value !== undefined) {
      // As in protobuf-es, the key of an entry that is left out may be anything.
      if (key === undefined) {
        input.expected(`${mapKey.type} as key`, name);
      } else {
        add(key, value);
      }
    }
    input.entry(name, before);
  }
}
