import type { JsonValue } from "../codec/json-value.ts";
import { isA, steps } from "./context.ts";
import type { CollectionType, ValueType } from "./value-type.ts";
import { getDelimited } from "./wire-reader.ts";
import { putDelimited, putTagged, putVarint } from "./wire-writer.ts";

/** Makes the type of a repeated field. Its values are packed, if they can be and nothing else is said. */
export function list<V>(type: ValueType<V>, isPacked = type.wire !== 2): CollectionType<V[]> {
  /** Converts values, from the first one or from the last one, and leaves out what becomes undefined. */
  function convertAll<F, R>(
    values: unknown,
    convert: (value: F) => R | undefined,
    isReversed = false,
  ): R[] {
    const results: R[] = [];
    if (isA("array", values)) {
      for (let i = 0; i < values.length; i++) {
        const at = isReversed ? values.length - 1 - i : i;
        steps.push(at);
        const result = convert(values[at] as F);
        if (result !== undefined) {
          results.push(result);
        }
        steps.pop();
      }
    }
    return results;
  }

  return {
    element: type,
    blank: () => [],
    isBlank: (values) => Array.isArray(values) && values.length === 0,
    read: (json) => convertAll(json, (element) => type.read(element)),
    write: (values) => convertAll<V, JsonValue>(values, (value) => type.write(value)),
    decodeInto(values, wire) {
      const decode = () => values.push(type.decode());
      if (wire === type.wire) {
        decode();
      } else if (wire === 2 && type.wire !== 2) {
        getDelimited(decode);
      } else {
        return false;
      }
      return true;
    },
    encodeAll(values, number) {
      const putAll = (put: (value: V) => void) => convertAll(values, put, true);
      if (isPacked) {
        putDelimited(() => putAll((value) => type.encode(value)));
        putVarint((number << 3) | 2);
      } else {
        putAll((value) => putTagged(type, value, number));
      }
    },
  };
}
