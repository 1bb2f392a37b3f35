/** Why a text is not a regular expression in RE2's syntax. */
export class PatternError extends Error {
  override readonly name = "PatternError";
  /** Where in the pattern, in UTF-16 units. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}
