import { setOwn } from "./own-property.ts";

// What generated functions complete initializers with. Null counts as not set:
// plain JavaScript often has it there.

/** Completes an optional member. */
export function initOptional<I, V>(
  init: I | null | undefined,
  complete: (init: I) => V,
): V | undefined {
  return init === null || init === undefined ? undefined : complete(init);
}

/** Completes a list: a new one, of completed elements. */
export function initList<V>(init: readonly V[] | null | undefined): V[];
export function initList<I, V>(
  init: readonly I[] | null | undefined,
  complete: (init: I) => V,
): V[];
export function initList<V>(init: readonly V[] | null | undefined, complete?: (init: V) => V): V[] {
  if (init === null || init === undefined) {
    return [];
  }
  return complete === undefined ? [...init] : init.map((element) => complete(element));
}

/** An initializer of a map that is kept in an object. */
export type RecordInit<I> = { readonly [key: number]: I | undefined };

/** Completes a map that is kept in an object: a new one, of completed values. */
export function initRecord<V>(init: RecordInit<V> | null | undefined): Record<string, V>;
export function initRecord<I, V>(
  init: RecordInit<I> | null | undefined,
  complete: (init: I) => V,
): Record<string, V>;
export function initRecord<V>(
  init: RecordInit<V> | null | undefined,
  complete?: (init: V) => V,
): Record<string, V> {
  const record: Record<string, V> = {};
  const given = init as { readonly [key: string]: V | undefined } | null | undefined;
  // Without the pairs that Object.entries would make. A loop over nothing has no turn.
  for (const key in given) {
    const value = given[key];
    if (value !== undefined && Object.hasOwn(given, key)) {
      setOwn(record, key, complete === undefined ? value : complete(value));
    }
  }
  return record;
}

/** Completes a map: a new one, of completed values. */
export function initMap<K, V>(init: ReadonlyMap<K, V> | null | undefined): Map<K, V>;
export function initMap<K, I, V>(
  init: ReadonlyMap<K, I> | null | undefined,
  complete: (init: I) => V,
): Map<K, V>;
export function initMap<K, V>(
  init: ReadonlyMap<K, V> | null | undefined,
  complete?: (init: V) => V,
): Map<K, V> {
  const map = new Map<K, V>();
  for (const [key, value] of init ?? []) {
    map.set(key, complete === undefined ? value : complete(value));
  }
  return map;
}

/** A member whose name every object inherits from Object.prototype, for example `constructor`. */
export function ownValue<T, K extends keyof T>(init: T, key: K): T[K] | undefined {
  return Object.hasOwn(Object(init), key) ? init[key] : undefined;
}

/**
 * A message that inherits the defaults of fields which are not set: members
 * that are undefined are left out.
 */
export function inherit<T extends object>(defaults: object, members: object): T {
  const message: T = Object.create(defaults);
  for (const [key, value] of Object.entries(members)) {
    if (value !== undefined) {
      Object.defineProperty(message, key, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
  }
  return message;
}
