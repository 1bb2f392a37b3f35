// What the server that is soaked, its callers, and who judges have agreed on.

export const soakSecret = "the secret of the soak";

/** The budget of a call, in milliseconds. */
export const soakBudgetMs = 2000;

/** What the server tells of itself. */
export interface SoakReport {
  /** What is on its heap after a collection. */
  readonly heapBytes: number;
  /** Calls that are not over. */
  readonly inFlight: number;
  /** Calls that are. */
  readonly ended: number;
  /** Successes that came after the budget. */
  readonly afterBudget: number;
  /** The longest that a call took, in milliseconds. */
  readonly latestMs: number;
  /** The longest that the process stood still, for which nobody answers in time, in milliseconds. */
  readonly stillMs: number;
}
