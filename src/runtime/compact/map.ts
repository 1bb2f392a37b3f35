import type { JsonObject, JsonValue } from "../codec/json-value.ts";
import { setOwn } from "../codec/own-property.ts";
import { expected, isA, keysOf, problem, steps } from "./context.ts";
import type { CollectionType, KeyType, ValueType } from "./value-type.ts";
import { getDelimited, getTag, skipField } from "./wire-reader.ts";
import { putDelimited, putTagged, putVarint } from "./wire-writer.ts";

/** Makes the type of a map field that is kept in an object. */
export function map<K extends string | number, V>(
  key: KeyType<K>,
  type: ValueType<V>,
): CollectionType<Record<string, V>> {
  return mapType<K, V, Record<string, V>>(key, type, () => ({}), Object.entries, setOwn);
}

/** Makes the type of a map field that is kept in a `Map`. */
export function keyedMap<K, V>(key: KeyType<K>, type: ValueType<V>): CollectionType<Map<K, V>> {
  return mapType<K, V, Map<K, V>>(
    key,
    type,
    () => new Map(),
    (values) => [...values],
    (values, k, value) => values.set(k as K, value),
  );
}

/**
 * @param add adds an entry: with the key's text for an object
 */
function mapType<K, V, C extends object>(
  key: KeyType<K>,
  type: ValueType<V>,
  blank: () => C,
  list: (values: C) => [unknown, V][],
  add: (values: C, k: string, value: V) => void,
): CollectionType<C> {
  /** As other libraries do, it leaves undefined out. */
  const entries = (values: C) => list(values).filter((entry) => entry[1] !== undefined);

  return {
    element: type,
    blank,
    isBlank: (values) => Object(values) === values && entries(values as C).length === 0,
    read(json) {
      const values = blank();
      const seen = new Set();
      if (isA("object", json)) {
        for (const name of keysOf(json)) {
          steps.push([name]);
          const k = key.parseKey(name);
          // "1" and "01" are one key.
          if (k !== undefined && seen.size === seen.add(k).size) {
            problem("duplicate map key");
          }
          const value = type.read(json[name]);
          if (value !== undefined) {
            // As in protobuf-es, the key of an entry that is left out may be anything.
            if (k === undefined) {
              expected(key.keyName, name);
            } else {
              add(values, k as string, value);
            }
          }
          steps.pop();
        }
      }
      return values;
    },
    write(values) {
      const json: JsonObject = {};
      if (isA("object", values)) {
        for (const entry of entries(values)) {
          const name = String(entry[0]);
          steps.push([name]);
          setOwn(json, name, type.write(entry[1]) as JsonValue);
          steps.pop();
        }
      }
      return json;
    },
    decodeInto(values, wire) {
      if (wire !== 2) {
        return false;
      }
      let k = key.blank();
      let value: V | undefined;
      getDelimited(() => {
        const tag = getTag();
        if (tag === (8 | key.wire)) {
          k = key.decode();
        } else if (tag === (16 | type.wire)) {
          value = type.decode(value);
        } else {
          skipField(tag);
        }
      });
      add(values, k as string, value ?? type.blank());
      return true;
    },
    encodeAll(values, number) {
      if (isA("object", values)) {
        for (const entry of entries(values).reverse()) {
          const k = entry[0];
          steps.push([String(k)]);
          putDelimited(() => {
            putTagged(type, entry[1], 2);
            putTagged(key, ((typeof k === "string" ? key.parseKey(k) : k) ?? k) as K, 1);
          });
          putVarint((number << 3) | 2);
          steps.pop();
        }
      }
    },
  };
}
