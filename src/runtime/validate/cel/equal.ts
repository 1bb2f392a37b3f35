import { compareTime } from "../time.ts";
import { type Boxed, type BoxedMap, isKind, isList } from "./boxed.ts";
import { compareBytes } from "./bytes.ts";

/**
 * Whether two values are equal: numbers of any type by what they stand for,
 * NaN to nothing, messages if the same fields are set to equal values.
 */
export function equal(a: Boxed, b: Boxed): boolean {
  const order = compareNumbers(a, b);
  if (order !== undefined) {
    return order === 0;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return a === b;
  }
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && compareBytes(a, b) === 0;
  }
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && equalLists(a, b, equal);
  }
  switch (a.kind) {
    case "timestamp":
    case "duration":
      return isKind(b, a.kind) && compareTime(a, b) === 0;
    case "type":
      return isKind(b, "type") && a.name === b.name;
    case "map":
      return isKind(b, "map") && equalMaps(a, b, equal);
    case "message":
      return (
        isKind(b, "message") &&
        a.typeName === b.typeName &&
        a.fields.every((field) => {
          const same = a.wraps(field) ? equalWrapped : equal;
          return (
            a.has(field) === b.has(field) &&
            (!a.has(field) || same(a.get(field) ?? null, b.get(field) ?? null))
          );
        })
      );
    case "any":
      return isKind(b, "any") && a.typeUrl === b.typeUrl && compareBytes(a.value, b.value) === 0;
    case "uint":
      return false;
  }
}

type Same = (a: Boxed, b: Boxed) => boolean;

function equalLists(a: readonly Boxed[], b: readonly Boxed[], same: Same): boolean {
  return a.length === b.length && a.every((element, i) => same(element, b[i] ?? null));
}

function equalMaps(a: BoxedMap, b: BoxedMap, same: Same): boolean {
  return (
    a.entries.size === b.entries.size &&
    Array.from(a.entries).every(([key, [, value]]) => {
      const other = b.entries.get(key);
      return other !== undefined && same(value, other[1]);
    })
  );
}

/**
 * Whether fields with wrappers of `float` or `double` are equal. As parts of
 * messages they are messages, whose field is not set if it is 0, but is if it is -0.
 */
function equalWrapped(a: Boxed, b: Boxed): boolean {
  if (isList(a) && isList(b)) {
    return equalLists(a, b, equalWrapped);
  }
  if (isKind(a, "map") && isKind(b, "map")) {
    return equalMaps(a, b, equalWrapped);
  }
  return equal(a, b) && (a !== 0 || Object.is(a, b));
}

/** The order of two numbers, NaN if one of them isn't; undefined if they are no numbers. */
export function compareNumbers(a: Boxed, b: Boxed): number | undefined {
  const first = numberOf(a);
  const second = numberOf(b);
  if (first === undefined || second === undefined) {
    return undefined;
  }
  if (typeof first === "bigint" && typeof second === "bigint") {
    return first < second ? -1 : first > second ? 1 : 0;
  }
  // As in cel-go, an integer is compared with a double as the double next to it.
  const difference = Number(first) - Number(second);
  return Number(first) === Number(second) ? 0 : Math.sign(difference);
}

function numberOf(value: Boxed): bigint | number | undefined {
  if (typeof value === "bigint" || typeof value === "number") {
    return value;
  }
  return isKind(value, "uint") ? value.value : undefined;
}

/** Whether a list has an element, or a map a key. */
export function isIn(value: Boxed, list: readonly Boxed[]): boolean {
  return list.some((element) => equal(element, value));
}
