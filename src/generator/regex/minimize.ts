import { type Dfa, failed, matched, start } from "./dfa.ts";

/**
 * The automaton with the fewest states and classes that gives the same
 * answers. State 0 stays the failed one, 1 the matched one, and 2 the start.
 */
export function minimizeDfa(dfa: Dfa): Dfa {
  return mergeClasses(mergeStates(dfa));
}

/** Splits the states into blocks until all states of a block go to the same blocks. */
function mergeStates(dfa: Dfa): Dfa {
  let blocks: number[] = dfa.rows.map((_, state) => (state === matched ? 1 : 0));
  for (let blockCount = 2; ; ) {
    const numbers = new Map<string, number>();
    blocks = dfa.rows.map((row, state) => {
      const key = `${blocks[state]}:${row.map((next) => blocks[next]).join()}`;
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
    if (numbers.size === blockCount) {
      break;
    }
    blockCount = numbers.size;
  }
  return renumber(dfa, blocks);
}

/** Numbers blocks in the order in which they are reached from the start. */
function renumber(dfa: Dfa, blocks: readonly number[]): Dfa {
  const numbers = new Map<number | undefined, number>([
    [blocks[failed], failed],
    [blocks[matched], matched],
  ]);
  const rows: number[][] = [[...(dfa.rows[failed] ?? [])], [...(dfa.rows[matched] ?? [])]];
  const open: number[] = [];
  const numberOf = (state: number): number => {
    const block = blocks[state];
    let number = numbers.get(block);
    if (number === undefined) {
      number = rows.push([]) - 1;
      numbers.set(block, number);
      open.push(state);
    }
    return number;
  };
  // A start that is as good as failed or matched is a pattern without a choice.
  if (numberOf(start) !== start) {
    return { ...dfa, rows: [...rows, rows[numberOf(start)] ?? []] };
  }
  for (let current = 0; current < open.length; current++) {
    const row = dfa.rows[open[current] ?? failed] ?? [];
    rows[current + start] = row.map(numberOf);
  }
  return { ...dfa, rows };
}

/** Merges classes whose columns are equal. */
function mergeClasses({ alphabet, rows }: Dfa): Dfa {
  const numbers = new Map<string, number>();
  const kept: number[] = [];
  const merged = alphabet.representatives.map((_, column) => {
    const key = rows.map((row) => row[column]).join();
    let number = numbers.get(key);
    if (number === undefined) {
      number = kept.push(column) - 1;
      numbers.set(key, number);
    }
    return number;
  });
  const boundaries = alphabet.boundaries
    .map((boundary) => ({ from: boundary.from, class: merged[boundary.class] ?? 0 }))
    .filter((boundary, i, all) => all[i - 1]?.class !== boundary.class);
  const end = alphabet.representatives.length;
  return {
    alphabet: {
      representatives: kept.map((column) => alphabet.representatives[column] ?? 0),
      boundaries,
    },
    rows: rows.map((row) => [...kept, end].map((column) => row[column] ?? failed)),
  };
}
