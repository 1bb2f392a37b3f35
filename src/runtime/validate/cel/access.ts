import { type Boxed, type BoxedMap, isKind, isList, keyOf, typeNameOf } from "./boxed.ts";
import { fail } from "./cel-error.ts";

/** The element of a list; fails if there is none. */
export function at<T>(list: readonly T[], index: bigint | number): T {
  const found = list[Number(index)];
  return found === undefined
    ? fail(`the index ${index} is out of the range of a list of length ${list.length}`)
    : found;
}

/** The value of a key; fails if there is none. */
export function entry({ entries }: BoxedMap, key: Boxed): Boxed {
  const found = entries.get(keyOf(key) ?? "");
  return found === undefined ? fail("no such key") : found[1];
}

export function hasEntry({ entries }: BoxedMap, key: Boxed): boolean {
  return entries.has(keyOf(key) ?? "");
}

/** The value of a property of an object that is a map; fails if there is none. */
export function property<T>(object: Readonly<Record<string, T>>, key: string): T {
  // Only what the map holds itself counts, not what every object has.
  const found = Object.hasOwn(object, key) ? object[key] : undefined;
  return found === undefined ? fail("no such key") : found;
}

/** The value of a key of a Map; fails if there is none. */
export function mapValue<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const found = map.get(key);
  return found === undefined ? fail("no such key") : found;
}

/** `list[i]` or `map[key]`, whichever it is. */
export function index(value: Boxed, key: Boxed): Boxed {
  if (isList(value)) {
    const number = isKind(key, "uint") ? key.value : key;
    return (typeof number === "number" && Number.isInteger(number)) || typeof number === "bigint"
      ? at(value, number)
      : fail("no such overload: the index of a list is not an integer");
  }
  return isKind(value, "map") ? entry(value, key) : noField(value);
}

/** The field of a message or the entry of a map. */
export function select(value: Boxed, name: string): Boxed {
  if (isKind(value, "message")) {
    return value.get(name) ?? noSuchField(value.typeName, name);
  }
  return isKind(value, "map") ? entry(value, name) : noField(value);
}

/** Whether a message has a field set, or a map a key. */
export function hasField(value: Boxed, name: string): boolean {
  if (isKind(value, "message")) {
    return value.fields.includes(name) ? value.has(name) : noSuchField(value.typeName, name);
  }
  return isKind(value, "map") ? hasEntry(value, name) : noField(value);
}

function noSuchField(typeName: string, name: string): never {
  return fail(`${typeName} has no field ${JSON.stringify(name)}`);
}

function noField(value: Boxed): never {
  return fail(`no such overload: a value of type ${typeNameOf(value)} has no fields or entries`);
}
