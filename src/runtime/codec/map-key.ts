import { parseBigInt, parseNumber } from "./parse-number.ts";

/** A type that keys of maps may have: in JSON they are always strings. */
export interface MapKey<K> {
  /** What a key has to be, for people. */
  readonly type: string;
  /** Returns undefined for what isn't such a key. */
  parse(text: string): K | undefined;
}

/** Keys of `map<bool, V>`. */
export const boolKey: MapKey<boolean> = {
  type: "true or false",
  parse: (text) => (text === "true" || text === "false" ? text === "true" : undefined),
};

/** Keys of `map<int32, V>`, `map<sint32, V>` and `map<sfixed32, V>`. */
export const int32Key: MapKey<number> = {
  type: "int32",
  parse(text) {
    const number = parseNumber(text);
    return (number | 0) === number ? number : undefined;
  },
};

/** Keys of `map<uint32, V>` and `map<fixed32, V>`. */
export const uint32Key: MapKey<number> = {
  type: "uint32",
  parse(text) {
    const number = parseNumber(text);
    return number >>> 0 === number ? number : undefined;
  },
};

/** Keys of `map<int64, V>`, `map<sint64, V>` and `map<sfixed64, V>`. */
export const int64Key: MapKey<bigint> = {
  type: "int64",
  parse(text) {
    const integer = parseBigInt(text);
    return integer !== undefined && BigInt.asIntN(64, integer) === integer ? integer : undefined;
  },
};

/** Keys of `map<uint64, V>` and `map<fixed64, V>`. */
export const uint64Key: MapKey<bigint> = {
  type: "uint64",
  parse(text) {
    const integer = parseBigInt(text);
    return integer !== undefined && BigInt.asUintN(64, integer) === integer ? integer : undefined;
  },
};
