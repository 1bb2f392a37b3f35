import type { JsonValue } from "../codec/json-value.ts";

/** What the types of all fields have: how values are read from JSON, and written as it. */
interface CommonType<V> {
  /** The value of a field that isn't set. */
  blank(): V;
  /** Reads a JSON value. Undefined after a problem, or if it is left out. */
  read(json: unknown): V | undefined;
  /** Writes a value as JSON. Undefined after a problem. */
  write(value: V): JsonValue | undefined;
}

/**
 * How the values of a type are read and written, in JSON and in the binary
 * format. Tables of messages list such types: what no table names is left out
 * of a bundle.
 */
export interface ValueType<V = unknown> extends CommonType<V> {
  /** The wire type of the binary format. */
  readonly wire: number;
  /** Whether null is a value, instead of meaning that there is none. */
  readonly takesNull?: boolean;
  /** Whether it is a scalar: then null doesn't choose the member of a oneof. */
  readonly isScalar?: boolean;
  /** Whether a value is the default. Messages have none: they are set or not. */
  isBlank?(value: unknown): boolean;
  /** Decodes the value that comes next, and merges it into one that came before. */
  decode(before?: V): V;
  /** Encodes a value before everything that has been encoded so far. */
  encode(value: V): void;
}

/** A type that keys of maps may have. */
export interface KeyType<K = unknown> extends ValueType<K> {
  /** What a key has to be, for people. */
  readonly keyName: string;
  /** Reads the text of a key. Undefined if it is none. */
  parseKey(text: string): K | undefined;
}

/** The type of a field that has any number of values: a list or map. */
export interface CollectionType<C = unknown> extends CommonType<C> {
  readonly takesNull?: undefined;
  readonly isScalar?: undefined;
  /** The type of its values. */
  // biome-ignore lint/suspicious/noExplicitAny: whoever asks has no more than the collection's type
  readonly element: ValueType<any>;
  /** Whether there is no value. */
  isBlank(values: unknown): boolean;
  /** Decodes what has a wire type. False if no value can have it. */
  decodeInto(values: C, wire: number): boolean;
  /** Encodes all values, with the tags of a field. */
  encodeAll(values: C, number: number): void;
}
