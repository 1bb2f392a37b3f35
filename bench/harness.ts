// What all benchmarks have in common: contenders that do the same work are
// measured in one process, taking turns, and compared by the median of rounds.

/** One way to do the work. */
export interface Contender {
  readonly name: string;
  /** Does the work once, for one of the inputs. The result keeps it from being optimised away. */
  run(input: number): unknown;
}

/** How long to measure. */
export interface Effort {
  /** How many times every contender has its turn. */
  readonly rounds: number;
  /** How long a turn is, in milliseconds. */
  readonly turnMs: number;
}

/** Enough for a figure that holds within a few percent on a quiet machine. */
export const fullEffort: Effort = { rounds: 15, turnMs: 120 };

/** Enough to see whether everything still runs. */
export const quickEffort: Effort = { rounds: 3, turnMs: 20 };

/** One line of a benchmark's result; `--json` prints it as it is. */
export interface BenchLine {
  readonly suite: string;
  readonly case: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is compared with. */
  readonly against?: string;
  /** How many times as good as that. */
  readonly ratio?: number;
  /** What the ratio, or without one the value, has to reach. */
  readonly target?: string;
  readonly met?: boolean;
}

/** A suite of benchmarks, `bench/<name>/suite.ts`. */
export interface BenchSuite {
  run(effort: Effort): AsyncIterable<BenchLine>;
}

/** Runs of every contender a second: the median of all rounds. */
export function measureRates(
  contenders: readonly Contender[],
  inputs: number,
  { rounds, turnMs }: Effort,
): ReadonlyMap<string, number> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  // The first turns are for the compiler.
  for (const contender of contenders) {
    turn(contender, inputs, turnMs * 3);
  }
  for (let round = 0; round < rounds; round++) {
    // Everyone gets every place in the order, as far as rounds allow.
    const shift = round % contenders.length;
    for (const contender of [...contenders.slice(shift), ...contenders.slice(0, shift)]) {
      rates.get(contender.name)?.push(turn(contender, inputs, turnMs));
    }
  }
  return new Map([...rates].map(([name, values]) => [name, median(values)]));
}

/** The middle one of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Keeps results alive. */
let sink: unknown;

function turn(contender: Contender, inputs: number, ms: number): number {
  let runs = 0;
  const start = performance.now();
  let elapsed = 0;
  do {
    for (let i = 0; i < inputs; i++) {
      sink = contender.run(i);
    }
    runs += inputs;
    elapsed = performance.now() - start;
  } while (elapsed < ms);
  return (runs * 1000) / elapsed;
}

/** The last result, which nothing needs. */
export function lastResult(): unknown {
  return sink;
}
