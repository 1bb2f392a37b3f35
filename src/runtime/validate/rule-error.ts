/**
 * A rule can't be evaluated for a message, so nobody can say whether the
 * message is valid: for example `bytes.pattern` on bytes that are not UTF-8,
 * or a CEL expression that divides by zero. That is no violation.
 */
export class RuleError extends Error {
  override readonly name: string = "RuleError";
}
