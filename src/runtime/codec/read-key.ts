import type { JsonReader } from "./json-reader.ts";
import { readInt32, readInt64, readUint32, readUint64 } from "./read-scalar.ts";

// Readers of the keys of maps, which are always strings in JSON.

/** Reads a key of `map<bool, V>`. */
export function readBoolKey(key: string, input: JsonReader): boolean | undefined {
  if (key === "true" || key === "false") {
    return key === "true";
  }
  input.expected("true or false as key", key);
  return undefined;
}

/** Reads a key of `map<int32, V>`, `map<sint32, V>` or `map<sfixed32, V>`. */
export function readInt32Key(key: string, input: JsonReader): number | undefined {
  return readKey(key, input, readInt32);
}

/** Reads a key of `map<uint32, V>` or `map<fixed32, V>`. */
export function readUint32Key(key: string, input: JsonReader): number | undefined {
  return readKey(key, input, readUint32);
}

/** Reads a key of `map<int64, V>`, `map<sint64, V>` or `map<sfixed64, V>`. */
export function readInt64Key(key: string, input: JsonReader): bigint | undefined {
  return readKey(key, input, readInt64);
}

/** Reads a key of `map<uint64, V>` or `map<fixed64, V>`. */
export function readUint64Key(key: string, input: JsonReader): bigint | undefined {
  return readKey(key, input, readUint64);
}

function readKey<K>(
  key: string,
  input: JsonReader,
  read: (json: unknown, input: JsonReader) => K,
): K | undefined {
  const before = input.count;
  const value = read(key, input);
  return input.count > before ? undefined : value;
}
