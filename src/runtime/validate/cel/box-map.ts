import { type Boxed, type BoxedMap, isKind, keyOf } from "./boxed.ts";
import { fail } from "./cel-error.ts";

/** A map of the given entries; fails if a key comes twice or is of the wrong type. */
export function boxMap(pairs: Iterable<readonly [Boxed, Boxed]>): BoxedMap {
  const entries = new Map<string, readonly [Boxed, Boxed]>();
  for (const pair of pairs) {
    const key = typeof pair[0] === "number" ? undefined : keyOf(pair[0]);
    if (key === undefined) {
      fail("a value of this type can't be the key of a map");
    } else if (entries.has(key)) {
      fail("a map has the same key twice");
    } else {
      entries.set(key, pair);
    }
  }
  return { kind: "map", entries };
}

/** A map that is kept in an object. */
export function boxObject<V>(
  object: Readonly<Record<string, V>>,
  boxKey: (key: string) => Boxed,
  boxValue: (value: V) => Boxed,
): BoxedMap {
  return boxMap(Object.entries(object).map(([key, value]) => [boxKey(key), boxValue(value)]));
}

/** A map that is kept in a Map. */
export function boxEntries<K, V>(
  map: ReadonlyMap<K, V>,
  boxKey: (key: K) => Boxed,
  boxValue: (value: V) => Boxed,
): BoxedMap {
  return boxMap(Array.from(map, ([key, value]) => [boxKey(key), boxValue(value)]));
}

/** One map of several; fails if two have the same key. */
export function mergeMaps(maps: readonly Boxed[]): BoxedMap {
  return boxMap(maps.flatMap((map) => pairsOf(map)));
}

/** The keys and values of a map. */
export function pairsOf(map: Boxed): (readonly [Boxed, Boxed])[] {
  return isKind(map, "map") ? [...map.entries.values()] : fail("no such overload: a map is needed");
}

/** JSON, as `google.protobuf.Value` holds it. */
export function boxJson(json: unknown): Boxed {
  if (json === null || json === undefined) {
    return null;
  }
  switch (typeof json) {
    case "boolean":
    case "number":
    case "string":
      return json;
    case "object":
      return Array.isArray(json)
        ? json.map(boxJson)
        : boxMap(Object.entries(json).map(([key, value]) => [key, boxJson(value)]));
    default:
      return fail("a google.protobuf.Value is not JSON");
  }
}

/** A `google.protobuf.Value` as protobuf-es keeps it. */
export interface ValueMessage {
  readonly kind:
    | { readonly case: undefined }
    | { readonly case: "listValue"; readonly value: ListMessage }
    | { readonly case: "nullValue"; readonly value: unknown }
    | {
        readonly case: "numberValue" | "stringValue" | "boolValue" | "structValue";
        readonly value: unknown;
      };
}

/** A `google.protobuf.ListValue` as protobuf-es keeps it. */
export interface ListMessage {
  readonly values: readonly ValueMessage[];
}

export function boxValue({ kind }: ValueMessage): Boxed {
  switch (kind.case) {
    case undefined:
    case "nullValue":
      return null;
    case "listValue":
      return boxListValue(kind.value);
    default:
      return boxJson(kind.value);
  }
}

export function boxListValue({ values }: ListMessage): readonly Boxed[] {
  return values.map(boxValue);
}
