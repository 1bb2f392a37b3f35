import { RuleError } from "../rule-error.ts";

/**
 * An expression has no value for a message, for example because it divides by
 * zero. That isn't a violation: whether the message is valid, nobody can say.
 */
export class CelError extends RuleError {
  override readonly name = "CelError";
}

export function fail(message: string): never {
  throw new CelError(message);
}
