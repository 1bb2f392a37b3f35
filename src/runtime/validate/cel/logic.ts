/*
 * In CEL, `false && x` and `x && false` are false even if x has no value, and
 * so on. These are for operands that may fail; others need no helper.
 */

export function and(a: () => boolean, b: () => boolean): boolean {
  let first: boolean;
  try {
    first = a();
  } catch (error) {
    if (b()) {
      throw error;
    }
    return false;
  }
  return first && b();
}

export function or(a: () => boolean, b: () => boolean): boolean {
  return !and(
    () => !a(),
    () => !b(),
  );
}

/** Whether a condition that may fail holds for all elements. */
export function all<T>(list: readonly T[], test: (element: T, index: number) => boolean): boolean {
  let failure: unknown;
  let failed = false;
  for (const [i, element] of list.entries()) {
    try {
      if (!test(element, i)) {
        return false;
      }
    } catch (error) {
      failure = failed ? failure : error;
      failed = true;
    }
  }
  if (failed) {
    throw failure;
  }
  return true;
}

/** Whether a condition that may fail holds for some element. */
export function exists<T>(
  list: readonly T[],
  test: (element: T, index: number) => boolean,
): boolean {
  return !all(list, (element, i) => !test(element, i));
}

/** Whether a condition holds for exactly one element. */
export function existsOne<T>(
  list: readonly T[],
  test: (element: T, index: number) => boolean,
): boolean {
  return list.filter(test).length === 1;
}
