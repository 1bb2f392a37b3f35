/**
 * A set of Unicode code points: inclusive ranges as a flat list of pairs
 * `[low, high, low, high, ...]`, ascending, neither overlapping nor adjacent.
 * Surrogates count as code points, as they do in a JavaScript string that
 * isn't well-formed.
 */
export type CodePointSet = readonly number[];

/** The highest code point. */
export const maxCodePoint = 0x10ffff;

export const noCodePoints: CodePointSet = [];
export const allCodePoints: CodePointSet = [0, maxCodePoint];

/** The pairs of a set, or of a flat list that is yet to become one. */
export function* ranges(flat: readonly number[]): Generator<readonly [number, number]> {
  for (let i = 0; i + 1 < flat.length; i += 2) {
    yield [flat[i] ?? 0, flat[i + 1] ?? 0];
  }
}

/** A set with all code points of the lists, whose pairs may come in any order. */
export function union(...lists: readonly (readonly number[])[]): CodePointSet {
  const pairs = lists.flatMap((list) => [...ranges(list)]).sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [low, high] of pairs) {
    const last = out[out.length - 1];
    if (last !== undefined && low <= last + 1) {
      out[out.length - 1] = Math.max(last, high);
    } else {
      out.push(low, high);
    }
  }
  return out;
}

/** All code points that are not in the set. */
export function complement(set: CodePointSet): CodePointSet {
  const out: number[] = [];
  let next = 0;
  for (const [low, high] of ranges(set)) {
    if (low > next) {
      out.push(next, low - 1);
    }
    next = high + 1;
  }
  if (next <= maxCodePoint) {
    out.push(next, maxCodePoint);
  }
  return out;
}

export function contains(set: CodePointSet, codePoint: number): boolean {
  let low = 0;
  let high = set.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (codePoint < (set[2 * middle] ?? 0)) {
      high = middle;
    } else if (codePoint > (set[2 * middle + 1] ?? 0)) {
      low = middle + 1;
    } else {
      return true;
    }
  }
  return false;
}

/** The only member of the set, if it has just one. */
export function onlyMember(set: CodePointSet): number | undefined {
  return set.length === 2 && set[0] === set[1] ? set[0] : undefined;
}

/**
 * Whether each member is one UTF-16 unit that is never half of a pair, so that
 * a search by units finds the same as one by code points.
 */
export function isSingleUnits(set: CodePointSet): boolean {
  return [...ranges(set)].every(([low, high]) => high <= 0xffff && (high < 0xd800 || low > 0xdfff));
}
