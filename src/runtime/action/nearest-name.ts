/** Longer names are not compared: a guess for them would be noise. */
const longestName = 64;

/**
 * The name that a mistyped one most likely means: the nearest by edit distance,
 * if no more than a third of it differs.
 */
export function nearestName(wanted: string, names: Iterable<string>): string | undefined {
  if (wanted.length > longestName) {
    return undefined;
  }
  let nearest: string | undefined;
  let least = Math.floor(wanted.length / 3) + 1;
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) < least) {
      const distance = editDistance(wanted, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
  }
  return nearest;
}

/** How many letters have to be put in, left out or changed: Levenshtein's distance. */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = one[row - 1] === other[column - 1] ? 0 : 1;
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + change,
      );
    }
    above = current;
  }
  return above[other.length] ?? 0;
}
