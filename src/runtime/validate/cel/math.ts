import { type Boxed, boxUint, isKind, typeNameOf } from "./boxed.ts";
import { fail } from "./cel-error.ts";
import { compareNumbers } from "./equal.ts";
import { checkInt } from "./int.ts";

/** The greatest of several numbers of any types. */
export function greatest(values: readonly Boxed[]): Boxed {
  return values.reduce((a, b) => (order(b, a) > 0 ? b : a), first(values));
}

/** The least of several numbers of any types. */
export function least(values: readonly Boxed[]): Boxed {
  return values.reduce((a, b) => (order(b, a) < 0 ? b : a), first(values));
}

function first(values: readonly Boxed[]): Boxed {
  const [value] = values;
  return value === undefined || compareNumbers(value, 0) === undefined
    ? fail("no such overload: numbers are needed")
    : value;
}

function order(a: Boxed, b: Boxed): number {
  return compareNumbers(a, b) ?? fail(`no such overload: ${typeNameOf(a)} is not a number`);
}

/** Whether a double is infinite; with a sign that isn't 0, only in that direction. */
export function isInf(value: number, sign = 0): boolean {
  return (
    (sign >= 0 && value === Number.POSITIVE_INFINITY) ||
    (sign <= 0 && value === Number.NEGATIVE_INFINITY)
  );
}

/** Rounds to the nearest integer, halves away from zero. */
export function round(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

export function abs(value: Boxed): Boxed {
  if (typeof value === "bigint") {
    return checkInt(value < 0n ? -value : value);
  }
  return typeof value === "number" ? Math.abs(value) : unsigned(value);
}

export function sign(value: Boxed): Boxed {
  if (typeof value === "bigint") {
    return value < 0n ? -1n : value > 0n ? 1n : 0n;
  }
  return typeof value === "number"
    ? Math.sign(value)
    : boxUint(unsigned(value).value === 0n ? 0n : 1n);
}

export function sqrt(value: Boxed): number {
  return Math.sqrt(
    typeof value === "bigint" || typeof value === "number"
      ? Number(value)
      : Number(unsigned(value).value),
  );
}

export function shiftLeftInt(value: bigint, by: bigint): bigint {
  return by > 63n ? 0n : BigInt.asIntN(64, value << offset(by));
}

export function shiftLeftUint(value: bigint, by: bigint): bigint {
  return by > 63n ? 0n : BigInt.asUintN(64, value << offset(by));
}

/** Shifts in zeros, whatever the sign. */
export function shiftRightInt(value: bigint, by: bigint): bigint {
  return by > 63n ? 0n : BigInt.asIntN(64, BigInt.asUintN(64, value) >> offset(by));
}

export function shiftRightUint(value: bigint, by: bigint): bigint {
  return by > 63n ? 0n : value >> offset(by);
}

function offset(by: bigint): bigint {
  return by < 0n ? fail("a shift is negative") : by;
}

function unsigned(value: Boxed): Extract<Boxed, { readonly kind: "uint" }> {
  return isKind(value, "uint")
    ? value
    : fail(`no such overload: ${typeNameOf(value)} is not a number`);
}
