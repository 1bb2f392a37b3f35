import { compareTime } from "../time.ts";
import { hasEntry, index } from "./access.ts";
import { type Boxed, isKind, isList, typeNameOf } from "./boxed.ts";
import { compareBytes } from "./bytes.ts";
import { fail } from "./cel-error.ts";
import { arithmetic } from "./dynamic-arithmetic.ts";
import { conversions } from "./dynamic-conversion.ts";
import { methods } from "./dynamic-method.ts";
import { compareNumbers, equal, isIn } from "./equal.ts";
import { compareText } from "./text.ts";
import { asBool } from "./unbox.ts";

/** A function over values whose types only evaluating tells. */
export type DynamicFunction = (...args: readonly Boxed[]) => Boxed;

const functions: ReadonlyMap<string, DynamicFunction> = new Map([
  ...Object.entries(arithmetic),
  ...Object.entries(conversions),
  ...Object.entries(methods),
  ...Object.entries({
    "!_": (a) => !asBool(a ?? null),
    "_==_": (a, b) => equal(a ?? null, b ?? null),
    "_!=_": (a, b) => !equal(a ?? null, b ?? null),
    "_<_": (a, b) => compare(a, b) < 0,
    "_<=_": (a, b) => compare(a, b) <= 0,
    "_>_": (a, b) => compare(a, b) > 0,
    "_>=_": (a, b) => compare(a, b) >= 0,
    "_[_]": (a, b) => index(a ?? null, b ?? null),
    "@in": (a, b) => isMember(a ?? null, b ?? null),
  } satisfies Record<string, DynamicFunction>),
]);

/** Calls the overload of a function or operator that fits the values. */
export function call(name: string, ...args: readonly Boxed[]): Boxed {
  const called = functions.get(name);
  return called === undefined ? fail(`no such overload of ${name}`) : called(...args);
}

/** Negative, zero or positive; NaN if one of the values is. */
function compare(a: Boxed = null, b: Boxed = null): number {
  const numbers = compareNumbers(a, b);
  if (numbers !== undefined) {
    return numbers;
  }
  if (typeof a === "string" && typeof b === "string") {
    return compareText(a, b);
  }
  if (typeof a === "boolean" && typeof b === "boolean") {
    return Number(a) - Number(b);
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return compareBytes(a, b);
  }
  for (const kind of ["timestamp", "duration"] as const) {
    if (isKind(a, kind) && isKind(b, kind)) {
      return compareTime(a, b);
    }
  }
  return fail(`no such overload: ${typeNameOf(a)} can't be compared with ${typeNameOf(b)}`);
}

function isMember(value: Boxed, container: Boxed): boolean {
  if (isList(container)) {
    return isIn(value, container);
  }
  return isKind(container, "map")
    ? hasEntry(container, value)
    : fail(`no such overload: nothing is in a value of type ${typeNameOf(container)}`);
}
