/** Whether a path is in a list, or below a path of the list. */
function isCovered(path: string, list: readonly string[]): boolean {
  return list.some((other) => path === other || path.startsWith(`${other}.`));
}

/** Whether every path of a field mask is in a list, or below a path of the list. */
export function hasOnlyPaths(paths: readonly string[], list: readonly string[]): boolean {
  return paths.every((path) => isCovered(path, list));
}

/** Whether no path of a field mask is in a list, or below a path of the list. */
export function hasNoPaths(paths: readonly string[], list: readonly string[]): boolean {
  return !paths.some((path) => isCovered(path, list));
}

/** Whether two field masks have the same paths in the same order. */
export function equalPaths(paths: readonly string[], other: readonly string[]): boolean {
  return paths.length === other.length && paths.every((path, i) => path === other[i]);
}
