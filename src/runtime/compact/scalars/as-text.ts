import type { KeyType, ValueType } from "../value-type.ts";

/** Integers of 64 bits that the message keeps as text (`jstype = JS_STRING`). */
export function asText(type: KeyType<bigint>): ValueType<string> {
  // What is no integer is refused by the type itself.
  const parse = (text: string) => type.parseKey(text) ?? (text as unknown as bigint);
  return {
    wire: type.wire,
    isScalar: true,
    blank: () => "0",
    isBlank: (value) => value === "0",
    read(json) {
      const value = type.read(json);
      return value === undefined ? value : String(value);
    },
    write: (text) => type.write(parse(text)),
    decode: () => String(type.decode()),
    encode: (text) => type.encode(parse(text)),
  };
}
