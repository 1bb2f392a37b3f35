import {
  type Boxed,
  boxDuration,
  boxTimestamp,
  boxUint,
  isKind,
  isList,
  typeNameOf,
} from "./boxed.ts";
import { concatBytes } from "./bytes.ts";
import { fail } from "./cel-error.ts";
import type { DynamicFunction } from "./dynamic.ts";
import * as ints from "./int.ts";
import * as times from "./time.ts";

/** What an operator does with two numbers of the same type. */
interface NumberOperator {
  readonly int: (a: bigint, b: bigint) => bigint;
  readonly uint: (a: bigint, b: bigint) => bigint;
  readonly double?: (a: number, b: number) => number;
}

const add: NumberOperator = { int: ints.addInt, uint: ints.addUint, double: (a, b) => a + b };

const subtract: NumberOperator = {
  int: ints.subtractInt,
  uint: ints.subtractUint,
  double: (a, b) => a - b,
};

/** The arithmetic operators. */
export const arithmetic: Readonly<Record<string, DynamicFunction>> = {
  "_+_": (a = null, b = null) => ofNumbers(add, a, b) ?? sum(a, b) ?? mismatch("+", a, b),
  "_-_": (a = null, b = null) =>
    ofNumbers(subtract, a, b) ?? difference(a, b) ?? mismatch("-", a, b),
  "_*_": numeric("*", {
    int: ints.multiplyInt,
    uint: ints.multiplyUint,
    double: (a, b) => a * b,
  }),
  "_/_": numeric("/", { int: ints.divideInt, uint: ints.divideUint, double: (a, b) => a / b }),
  "_%_": numeric("%", { int: ints.moduloInt, uint: ints.moduloUint }),
  "-_": (a = null) => {
    if (typeof a === "bigint") {
      return ints.negateInt(a);
    }
    return typeof a === "number" ? -a : mismatch("-", a, a);
  },
};

function numeric(sign: string, operator: NumberOperator): DynamicFunction {
  return (a = null, b = null) => ofNumbers(operator, a, b) ?? mismatch(sign, a, b);
}

function ofNumbers(operator: NumberOperator, a: Boxed, b: Boxed): Boxed | undefined {
  if (typeof a === "bigint" && typeof b === "bigint") {
    return operator.int(a, b);
  }
  if (typeof a === "number" && typeof b === "number") {
    return operator.double?.(a, b);
  }
  return isKind(a, "uint") && isKind(b, "uint")
    ? boxUint(operator.uint(a.value, b.value))
    : undefined;
}

function sum(a: Boxed, b: Boxed): Boxed | undefined {
  if (typeof a === "string" && typeof b === "string") {
    return a + b;
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return concatBytes(a, b);
  }
  if (isList(a) && isList(b)) {
    return [...a, ...b];
  }
  if (isKind(a, "duration") && isKind(b, "duration")) {
    return boxDuration(times.addDurations(a, b));
  }
  return (isKind(a, "timestamp") && isKind(b, "duration")) ||
    (isKind(a, "duration") && isKind(b, "timestamp"))
    ? boxTimestamp(times.addToTimestamp(a, b))
    : undefined;
}

function difference(a: Boxed, b: Boxed): Boxed | undefined {
  if (isKind(a, "duration") && isKind(b, "duration")) {
    return boxDuration(times.subtractDurations(a, b));
  }
  if (isKind(a, "timestamp") && isKind(b, "timestamp")) {
    return boxDuration(times.subtractTimestamps(a, b));
  }
  return isKind(a, "timestamp") && isKind(b, "duration")
    ? boxTimestamp(times.subtractFromTimestamp(a, b))
    : undefined;
}

function mismatch(sign: string, a: Boxed, b: Boxed): never {
  return fail(`no such overload: ${typeNameOf(a)} ${sign} ${typeNameOf(b)}`);
}
