// What stands in for node:crypto, beside sha256.ts, while that has not been loaded.

/** Whether byte strings of one length are equal, in a time that depends on the length only. */
export function earlyEqual(a: Uint8Array, b: Uint8Array): boolean {
  let difference = 0;
  for (let i = 0; i < a.length; i++) {
    difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  }
  return difference === 0;
}

/**
 * Fills an array with the randomness of the system. False if it has no file for
 * that, as Windows has not.
 */
export function earlyRandom(bytes: Uint8Array): boolean {
  // To `import` it would load what it has beside these as well.
  const { closeSync, openSync, readSync } = process.getBuiltinModule("node:fs");
  let file: number | undefined;
  try {
    file = openSync("/dev/urandom", "r");
    return readSync(file, bytes) === bytes.length;
  } catch {
    return false;
  } finally {
    if (file !== undefined) {
      closeSync(file);
    }
  }
}
