/** Up to this length, comparing all pairs costs less than a set. */
const few = 16;

/** Whether all elements are distinct, none of which is NaN. */
export function isUnique(list: readonly (string | number | bigint | boolean)[]): boolean {
  if (list.length > few) {
    return new Set(list).size === list.length;
  }
  for (let i = 1; i < list.length; i++) {
    for (let j = 0; j < i; j++) {
      if (list[j] === list[i]) {
        return false;
      }
    }
  }
  return true;
}

/**
 * Whether all numbers are distinct. As in CEL, NaN differs from itself, and the
 * two zeros are the same.
 */
export function isUniqueNumbers(list: readonly number[]): boolean {
  return isUnique(list.filter((number) => !Number.isNaN(number)));
}

/** Whether all byte strings are distinct. */
export function isUniqueBytes(list: readonly Uint8Array[]): boolean {
  return isUnique(list.map((bytes) => bytes.join()));
}
