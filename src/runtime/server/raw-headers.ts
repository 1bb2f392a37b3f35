/**
 * Where a header is among names that are each followed by their value: the
 * index of its value, or 0 if it is not there.
 *
 * @param name in lower case
 * @param from where to begin, the index of a name
 */
export function findHeader(rawHeaders: readonly string[], name: string, from = 0): number {
  for (let i = from; i + 1 < rawHeaders.length; i += 2) {
    const given = rawHeaders[i];
    if (given?.length === name.length && (given === name || given.toLowerCase() === name)) {
      return i + 1;
    }
  }
  return 0;
}
