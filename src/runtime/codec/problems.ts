import { type Problem, pathOf } from "./problem.ts";

/** A problem whose path still grows at its front. */
interface OpenProblem {
  steps: string;
  readonly message: string;
}

/**
 * The problems of one message, up to a limit. They are noted where they are
 * found, without a path; who goes up a level puts a step in front of those
 * that came from below.
 */
export class ProblemList {
  readonly #limit: number;
  readonly #problems: OpenProblem[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many problems are noted. */
  get count(): number {
    return this.#problems.length;
  }

  /** How many more problems there is room for. */
  get room(): number {
    return this.#limit - this.#problems.length;
  }

  /** Notes a problem, with the steps to its place that are known so far. */
  note(message: string, steps = ""): void {
    if (this.room > 0) {
      this.#problems.push({ steps, message });
    }
  }

  /** Puts a step in front of the paths of all problems from `index` on. */
  locate(index: number, step: string): void {
    for (const problem of this.#problems.slice(index)) {
      problem.steps = step + problem.steps;
    }
  }

  /** All problems with their paths. */
  toArray(): readonly Problem[] {
    return this.#problems.map(({ steps, message }) => ({ path: pathOf(steps), message }));
  }
}
