import { fail } from "./cel-error.ts";

/*
 * CEL's `int` has 64 bits and `uint` too, without a sign. Arithmetic that
 * leaves their range is an error.
 */

const minInt = -(2n ** 63n);
const maxInt = 2n ** 63n - 1n;
const maxUint = 2n ** 64n - 1n;

export function checkInt(value: bigint): bigint {
  return value >= minInt && value <= maxInt ? value : fail("int overflow");
}

export function checkUint(value: bigint): bigint {
  return value >= 0n && value <= maxUint ? value : fail("uint overflow");
}

/** An integer for a field of 32 bits. */
export function checkInt32(value: bigint): number {
  return value === BigInt.asIntN(32, value) ? Number(value) : fail("int overflow");
}

/** An integer for a field of 32 bits without a sign. */
export function checkUint32(value: bigint): number {
  return value === BigInt.asUintN(32, value) ? Number(value) : fail("uint overflow");
}

export function addInt(a: bigint, b: bigint): bigint {
  return checkInt(a + b);
}

export function subtractInt(a: bigint, b: bigint): bigint {
  return checkInt(a - b);
}

export function multiplyInt(a: bigint, b: bigint): bigint {
  return checkInt(a * b);
}

export function divideInt(a: bigint, b: bigint): bigint {
  return b === 0n ? fail("division by zero") : checkInt(a / b);
}

export function moduloInt(a: bigint, b: bigint): bigint {
  if (b === 0n) {
    fail("modulus by zero");
  }
  // As if the quotient had been made.
  return a === minInt && b === -1n ? fail("int overflow") : a % b;
}

export function negateInt(a: bigint): bigint {
  return checkInt(-a);
}

export function addUint(a: bigint, b: bigint): bigint {
  return checkUint(a + b);
}

export function subtractUint(a: bigint, b: bigint): bigint {
  return checkUint(a - b);
}

export function multiplyUint(a: bigint, b: bigint): bigint {
  return checkUint(a * b);
}

export function divideUint(a: bigint, b: bigint): bigint {
  return b === 0n ? fail("division by zero") : a / b;
}

export function moduloUint(a: bigint, b: bigint): bigint {
  return b === 0n ? fail("modulus by zero") : a % b;
}

/** Division of integers that fit in a number. */
export function divideNumber(a: number, b: number): number {
  return b === 0 ? fail("division by zero") : Math.trunc(a / b);
}

/** Remainder of integers that fit in a number. */
export function moduloNumber(a: number, b: number): number {
  return b === 0 ? fail("modulus by zero") : a % b;
}

export function intOfDouble(value: number): bigint {
  // The ends of the range are not doubles; their neighbours outside of it are.
  return value > -(2 ** 63) && value < 2 ** 63
    ? BigInt(Math.trunc(value))
    : fail(`${value} is out of the range of int`);
}

export function uintOfDouble(value: number): bigint {
  return value >= 0 && value < 2 ** 64
    ? BigInt(Math.trunc(value))
    : fail(`${value} is out of the range of uint`);
}

export function intOfText(text: string): bigint {
  return /^[+-]?\d+$/.test(text)
    ? checkInt(BigInt(text.replace("+", "")))
    : fail("the string is not an int");
}

export function uintOfText(text: string): bigint {
  return /^\d+$/.test(text) ? checkUint(BigInt(text)) : fail("the string is not a uint");
}
