import type { CodePointSet } from "./code-point-set.ts";
import { complement, isSingleUnits, maxCodePoint, union } from "./code-point-set.ts";
import { type Dfa, failed, matched, start } from "./dfa.ts";
import { printOthers, printSet, type RegExpParts } from "./regexp-source.ts";
import type { UnitBounds } from "./single-set-pattern.ts";

/** More states than the names, labels and lists have that people write patterns for. */
const maxStates = 10;

/**
 * A pattern like `^[a-z]+(-[a-z]+)*$`: whether a code point may stand where it
 * does is seen from the one before. A RegExp for the whole text would keep a
 * way back for each part; to look for a code point that can't be where it is,
 * or for two that can't follow each other, needs no loop at all.
 */
export function localPattern({ alphabet, rows }: Dfa): (RegExpParts & UnitBounds) | undefined {
  const classes = alphabet.representatives.map((_, column) => column);
  const end = classes.length;
  const states = rows.map((row, state) => ({ row, state })).slice(start);
  const enters = classes.map((column) => onlyTarget(states.map(({ row }) => row[column])));
  if (states.length > maxStates || enters.includes(undefined)) {
    return undefined;
  }
  const setOf = (chosen: (column: number) => boolean) => classSet(alphabet.boundaries, chosen);
  const used = setOf((column) => enters[column] !== failed);
  const flags = isSingleUnits(used) ? "" : "u";
  const first = setOf((column) => rows[start]?.[column] === failed && enters[column] !== failed);
  const wrong = [
    ...(complement(used).length > 0 ? [printOthers(used, flags)] : []),
    ...(first.length > 0 ? [`^${printSet(first, flags)}`] : []),
    ...states.flatMap(({ row, state }) => {
      const last = setOf((column) => enters[column] === state);
      const next = setOf((column) => row[column] !== failed);
      const after = setOf((column) => row[column] === failed && enters[column] !== failed);
      if (last.length === 0) {
        return [];
      }
      if (row[end] === failed) {
        const end =
          next.length === 0 ? "" : after.length === 0 ? "$" : `(?:${printSet(after, flags)}|$)`;
        return [`${printSet(last, flags)}${end}`];
      }
      return after.length === 0 ? [] : [`${printSet(last, flags)}${printSet(after, flags)}`];
    }),
  ];
  return wrong.length === 0
    ? undefined
    : {
        source: wrong.join("|"),
        flags,
        min: rows[start]?.[end] === matched ? 0 : 1,
        max: Infinity,
      };
}

/** The one state that a class leads to, wherever it doesn't fail. */
function onlyTarget(targets: readonly (number | undefined)[]): number | undefined {
  const others = new Set(targets.filter((target) => target !== failed));
  const [only = failed] = others;
  return others.size > 1 || only === matched ? undefined : only;
}

function classSet(
  boundaries: Dfa["alphabet"]["boundaries"],
  chosen: (column: number) => boolean,
): CodePointSet {
  return union(
    boundaries.flatMap(({ from, class: column }, i) => {
      const next = boundaries[i + 1]?.from ?? maxCodePoint + 1;
      return chosen(column) ? [from, next - 1] : [];
    }),
  );
}
