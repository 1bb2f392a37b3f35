import { pass } from "../context.ts";
import { compactMessage } from "../message.ts";
import type { CollectionType, ValueType } from "../value-type.ts";

/**
 * A message of one field that ts-proto keeps as the value of that field. Its
 * JSON is that of the value, unless it is read and written by something else.
 */
export function unwrapped<V>(
  name: string,
  type: ValueType<V> | CollectionType<V>,
  read: (json: unknown) => V | undefined = type.read,
  write: ValueType<V>["write"] = type.write,
): ValueType<V> {
  const codec = compactMessage<Record<string, V>>("", name, [type]);
  return {
    wire: 2,
    blank: type.blank,
    read(json) {
      pass();
      return read(json);
    },
    write,
    decode: (before) =>
      codec.decode(before === undefined ? undefined : { [name]: before })[name] as V,
    encode: (value) => codec.encode({ [name]: value }),
  };
}
