import type { JsonInput } from "./json-input.ts";
import type { MapKey } from "./map-key.ts";
import { setOwn } from "./own-property.ts";
import { describe } from "./problem.ts";

/**
 * Reads a value of a field, list or map. Undefined if the value is to be left
 * out: after a problem, or for an unknown enum name that is ignored.
 */
export type ReadValue<V> = (input: JsonInput) => V | undefined;

/** Reads a list. */
export function readList<V>(input: JsonInput, read: ReadValue<V>): V[] {
  const list: V[] = [];
  if (input.openList()) {
    do {
      const value = read(input);
      if (value !== undefined) {
        list.push(value);
      }
    } while (input.nextElement());
  }
  return list;
}

/** Reads a map with string keys into an object. */
export function readRecord<V>(input: JsonInput, read: ReadValue<V>): Record<string, V> {
  const record: Record<string, V> = {};
  if (input.openMap()) {
    let entries = 0;
    // Only a text with problems may have a key twice.
    const seen = input.isWellFormed ? undefined : new Set<string>();
    let leftOut: string[] | undefined;
    do {
      const key = input.key();
      if (seen !== undefined && seen.size === seen.add(key).size) {
        input.problem("duplicate key");
      }
      const place = input.place;
      const value = read(input);
      if (value !== undefined) {
        if (!input.isWellFormed && !key.isWellFormed()) {
          const problem = "expected string as key, got one with an unpaired surrogate";
          input.problem(problem, "", place);
        }
        setOwn(record, key, value);
        entries++;
      } else {
        leftOut ??= [];
        leftOut.push(key);
      }
    } while (input.nextEntry());
    if (input.isWellFormed && countKeys(record, leftOut) < entries + (leftOut?.length ?? 0)) {
      input.problem("duplicate key");
    }
  }
  return record;
}

/** How many keys a record has, with those of entries that were left out. */
function countKeys(record: object, leftOut: readonly string[] | undefined): number {
  if (leftOut !== undefined) {
    return new Set([...Object.keys(record), ...leftOut]).size;
  }
  let keys = 0;
  for (const key in record) {
    // Inherited keys don't matter much: text that has them takes the careful path.
    keys += key === undefined ? 0 : 1;
  }
  return keys;
}

/** Reads a map with boolean or integer keys into an object: keys become their text. */
export function readKeyedRecord<K, V>(
  input: JsonInput,
  key: MapKey<K>,
  read: ReadValue<V>,
): Record<string, V> {
  const record: Record<string, V> = {};
  readEntries(input, key, read, (key, value) => {
    record[String(key)] = value;
  });
  return record;
}

/** Reads a map with boolean or 64-bit integer keys into a `Map`. */
export function readMap<K, V>(input: JsonInput, key: MapKey<K>, read: ReadValue<V>): Map<K, V> {
  const map = new Map<K, V>();
  readEntries(input, key, read, (key, value) => map.set(key, value));
  return map;
}

function readEntries<K, V>(
  input: JsonInput,
  mapKey: MapKey<K>,
  read: ReadValue<V>,
  add: (key: K, value: V) => void,
): void {
  if (!input.openMap()) {
    return;
  }
  // "1" and "01" are one key.
  const seen = new Set<K>();
  do {
    const name = input.key();
    const place = input.place;
    const key = mapKey.parse(name);
    if (key !== undefined && seen.size === seen.add(key).size) {
      input.problem("duplicate map key");
    }
    const value = read(input);
    if (value !== undefined) {
      // As in protobuf-es, the key of an entry that is left out may be anything.
      if (key === undefined) {
        const problem = `expected ${mapKey.type} as key, got ${describe(name)}`;
        input.problem(problem, "", place);
      } else {
        add(key, value);
      }
    }
  } while (input.nextEntry());
}
