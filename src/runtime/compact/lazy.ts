import type { ValueType } from "./value-type.ts";

/** A type that is declared later. */
interface LazyType<V> extends ValueType<V> {
  get(): ValueType<V>;
}

/** A type that is declared later, because messages hold each other. */
export function lazy<V>(get: () => ValueType<V>): ValueType<V> {
  const type: LazyType<V> = {
    get,
    wire: 2,
    blank: () => get().blank(),
    read: (json) => get().read(json),
    write: (value) => get().write(value),
    decode: (before) => get().decode(before),
    encode: (value) => get().encode(value),
  };
  return type;
}

/** The type itself, if it is declared later. */
export function resolve(type: ValueType): ValueType {
  return "get" in type ? (type as LazyType<unknown>).get() : type;
}
