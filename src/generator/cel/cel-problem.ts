/** Something wrong in an expression: a mistake, or what can't be compiled. */
export interface CelProblem {
  /** What is wrong and, where it isn't plain, how to mend it. */
  readonly message: string;
  /** Where in the expression, in UTF-16 units from its beginning. */
  readonly offset: number;
}
