/** How many entries a map has that is kept in an object. */
export function countEntries(map: object): number {
  let count = 0;
  for (const _ in map) {
    count++;
  }
  return count;
}
