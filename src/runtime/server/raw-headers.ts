/**
 * Where a header is among names that are each followed by their value: the
 * index of its value, or 0 if it is not there.
 *
 * @param name in lower case
 * @param from where to begin, the index of a name
 */
export function findHeader(rawHeaders: readonly string[], name: string, from = 0): number {
  for (let i = from; i + 1 < rawHeaders.length; i += 2) {
    if (isName(rawHeaders[i] ?? "", name)) {
      return i + 1;
    }
  }
  return 0;
}

/**
 * Whether a name is the one that is looked for.
 *
 * @param name in lower case
 */
export function isName(given: string, name: string): boolean {
  const { length } = name;
  // Most names of one length differ before their last letter, as far as they are not the same at all.
  const at = length - 2;
  return (
    given.length === length &&
    (given.charCodeAt(at) | 32) === (name.charCodeAt(at) | 32) &&
    (given === name || given.toLowerCase() === name)
  );
}

/** A number from 0 to 31 by which names can be told apart, the same for both cases. */
export function nameHash(name: string): number {
  const { length } = name;
  // Those that most callers send have a number each.
  return (8 * length + 3 * name.charCodeAt(0) + 29 * name.charCodeAt(length - 2)) & 31;
}
