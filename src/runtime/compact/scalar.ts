import type { JsonValue } from "../codec/json-value.ts";
import { expected } from "./context.ts";
import type { KeyType } from "./value-type.ts";

const same = <V>(value: V): V => value;

/**
 * Makes a scalar type.
 *
 * @param accepts whether something is a value, in a message or after it has been parsed
 * @param parse returns the value that JSON stands for, or anything else if there is none
 */
export function scalar<V>(
  name: string,
  wire: number,
  blank: V,
  accepts: (value: unknown) => boolean,
  decode: () => V,
  encode: (value: V) => void,
  parse: (json: unknown) => unknown = same,
  print: (value: V) => unknown = same,
  isBlank: (value: unknown) => boolean = (value) => value === blank,
): KeyType<V> {
  return {
    wire,
    isScalar: true,
    keyName: `${name} as key`,
    blank: () => blank,
    isBlank,
    read(json) {
      const value = parse(json);
      return accepts(value) ? (value as V) : expected(name, json);
    },
    write: (value) => (accepts(value) ? (print(value) as JsonValue) : expected(name, value)),
    decode,
    encode: (value) => (accepts(value) ? encode(value) : expected(name, value)),
    parseKey(text) {
      const key = parse(text);
      return accepts(key) ? (key as V) : undefined;
    },
  };
}
