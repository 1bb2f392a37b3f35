import { options } from "./context.ts";
import { parseNames } from "./names.ts";
import { scalar } from "./scalar.ts";
import { getInt32, isInt32, putInt32 } from "./scalars/int32.ts";
import type { ValueType } from "./value-type.ts";

/**
 * Makes the type of an enum.
 *
 * @param spec its names and numbers, see `parseNames`
 */
export function compactEnum<E extends number>(typeName: string, spec: string): ValueType<E> {
  return enumType(typeName, (add) => parseNames(spec, 0, add));
}

/** As {@link compactEnum}, for an enum with names of its own in JSON; those of the .proto are read as well. */
export function renamedEnum<E extends number>(
  typeName: string,
  spec: string,
  names: readonly (readonly [name: string, number: number])[],
): ValueType<E> {
  return enumType(typeName, (add) => {
    for (const [name, number] of names) {
      add(name, number);
    }
    parseNames(spec, 0, add);
  });
}

function enumType<E extends number>(
  typeName: string,
  addAll: (add: (name: string, number: number) => void) => void,
): ValueType<E> {
  const numbers = new Map<unknown, number>();
  const names = new Map<unknown, string>();
  addAll((name, number) => {
    numbers.set(name, number);
    // Of several names of a number, the first one is written.
    if (!names.has(number)) {
      names.set(number, name);
    }
  });
  const type = scalar(
    `a name of enum ${typeName}`,
    0,
    0 as E,
    isInt32,
    getInt32 as () => E,
    putInt32,
    (json) => numbers.get(json) ?? json,
    (value) => names.get(value) ?? value,
  );
  return {
    ...type,
    isScalar: false,
    read: (json) =>
      typeof json === "string" && !numbers.has(json) && options.unknownFields === "ignore"
        ? undefined
        : type.read(json),
  };
}
