/** The values that an integer may have, both ends included. */
export interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

export const int32Range: Range = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
export const uint32Range: Range = { min: 0n, max: 2n ** 32n - 1n };
export const int64Range: Range = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
export const uint64Range: Range = { min: 0n, max: 2n ** 64n - 1n };

/** More than any string, list or map has elements. */
export const sizeRange: Range = { min: 0n, max: 2n ** 32n - 1n };

/** The integers that are exact in a number, with what arithmetic may make of two of them. */
const safeRange: Range = {
  min: -BigInt(Number.MAX_SAFE_INTEGER),
  max: BigInt(Number.MAX_SAFE_INTEGER),
};

/** Whether all values are exact in a number. */
export function isSafe(range: Range): boolean {
  return isWithin(range, safeRange);
}

export function isWithin(range: Range, outer: Range): boolean {
  return range.min >= outer.min && range.max <= outer.max;
}

export function only(value: bigint): Range {
  return { min: value, max: value };
}

/** The results of an operator that is monotonic in both operands, from those at the ends. */
export function combine(a: Range, b: Range, operator: (a: bigint, b: bigint) => bigint): Range {
  return hull([
    operator(a.min, b.min),
    operator(a.min, b.max),
    operator(a.max, b.min),
    operator(a.max, b.max),
  ]);
}

export function hull(values: readonly bigint[]): Range {
  const [first = 0n, ...rest] = values;
  let { min, max } = only(first);
  for (const value of rest) {
    if (value < min) {
      min = value;
    } else if (value > max) {
      max = value;
    }
  }
  return { min, max };
}

export function contains(range: Range, value: bigint): boolean {
  return range.min <= value && value <= range.max;
}
