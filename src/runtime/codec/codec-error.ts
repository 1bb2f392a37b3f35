import { formatProblems, type Problem } from "./problem.ts";

/** Thrown when a message can't be read or written. */
export class CodecError extends Error {
  override readonly name = "CodecError";
  /** Everything that is wrong, up to the limit of problems. */
  readonly problems: readonly Problem[];

  constructor(summary: string, problems: readonly Problem[]) {
    super(`${summary}: ${formatProblems(problems)}`);
    this.problems = problems;
  }
}
