/**
 * A rule can't be evaluated for a message, so nobody can say whether the
 * message is valid: for example `bytes.pattern` on bytes that are not UTF-8,
 * or a CEL expression that divides by zero. It is the schema's fault.
 */
export class RuleError extends Error {
  override readonly name = "RuleError";
  /** The id of the rule. */
  readonly ruleId: string;

  constructor(ruleId: string, reason: string, options?: ErrorOptions) {
    super(`rule ${JSON.stringify(ruleId)} can't be evaluated: ${reason}`, options);
    this.ruleId = ruleId;
  }
}
