/** Up to this length, comparing all pairs costs less than a set. */
const few = 16;

/**
 * Whether all elements are distinct. As in CEL, NaN differs from itself, and
 * the two zeros are the same.
 */
export function isUnique(list: readonly (string | number | bigint | boolean)[]): boolean {
  if (list.length > few) {
    // A set finds NaN in itself; `===` below does not.
    const comparable = list.filter((element) => !Number.isNaN(element));
    return new Set(comparable).size === comparable.length;
  }
  for (let i = 1; i < list.length; i++) {
    const element = list[i];
    for (let j = 0; j < i; j++) {
      if (list[j] === element) {
        return false;
      }
    }
  }
  return true;
}

/** Whether all byte strings are distinct. */
export function isUniqueBytes(list: readonly Uint8Array[]): boolean {
  return isUnique(list.map((bytes) => bytes.join()));
}
