import type { ShapeCheck } from "./shape-collector.ts";

/** Whether a value is a number that int32, or an enum, can be. */
export function isInt32(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value;
}

/** Whether a value is a number that uint32 can be. */
export function isUint32(value: unknown): value is number {
  return typeof value === "number" && value >>> 0 === value;
}

/** Whether a value is a bigint that int64 can be. */
export function isInt64(value: unknown): value is bigint {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

/** Whether a value is a bigint that uint64 can be. */
export function isUint64(value: unknown): value is bigint {
  return typeof value === "bigint" && BigInt.asUintN(64, value) === value;
}

export const checkString: ShapeCheck = (value, shape) => {
  if (typeof value !== "string") {
    shape.wrong(value, "a string");
  }
};

export const checkBool: ShapeCheck = (value, shape) => {
  if (typeof value !== "boolean") {
    shape.wrong(value, "true or false");
  }
};

export const checkNumber: ShapeCheck = (value, shape) => {
  if (typeof value !== "number") {
    shape.wrong(value, "a number");
  }
};

export const checkInt32: ShapeCheck = (value, shape) => {
  if (!isInt32(value)) {
    shape.wrong(value, "an integer of 32 bits");
  }
};

export const checkUint32: ShapeCheck = (value, shape) => {
  if (!isUint32(value)) {
    shape.wrong(value, "an integer of 32 bits without a sign");
  }
};

export const checkInt64: ShapeCheck = (value, shape) => {
  if (!isInt64(value)) {
    shape.wrong(value, "a bigint of 64 bits");
  }
};

export const checkUint64: ShapeCheck = (value, shape) => {
  if (!isUint64(value)) {
    shape.wrong(value, "a bigint of 64 bits without a sign");
  }
};

/** A 64-bit integer that is kept as text (`jstype = JS_STRING`). */
export const checkLongText: ShapeCheck = (value, shape) => {
  if (typeof value !== "string" || !/^-?[0-9]+$/.test(value)) {
    shape.wrong(value, "the digits of an integer");
  }
};

export const checkBytes: ShapeCheck = (value, shape) => {
  if (!(value instanceof Uint8Array)) {
    shape.wrong(value, "a Uint8Array");
  }
};
