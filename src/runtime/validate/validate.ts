import { RuleError } from "./rule-error.ts";
import { ValidationError } from "./validation-error.ts";
import type { Validator } from "./validator.ts";
import type { Violation } from "./violation.ts";
import { ViolationCollector } from "./violation-collector.ts";

/** Anything with a generated validator: above all, a generated schema. */
export interface Validated<T> {
  readonly validate: Validator<T>;
}

/** How to validate. */
export interface ValidateOptions {
  /** Stop at the first violation. Without it, all are reported. */
  readonly failFast?: boolean;
  /** The present, for rules such as `lt_now`; the system's clock without it. */
  readonly now?: Date;
}

/**
 * Checks a message against the rules of its schema, and returns what it breaks:
 * nothing, if the message is valid.
 *
 * Throws a `RuleError` if a rule can't be evaluated for this message.
 */
export function validate<T>(
  schema: Validated<T>,
  message: T,
  options?: ValidateOptions,
): Violation[] {
  const collector = new ViolationCollector(options?.failFast ? 1 : undefined, options?.now);
  try {
    schema.validate(message, collector);
  } catch (error) {
    // Nobody asked for more than what is there already.
    if (!(error instanceof RuleError && collector.full)) {
      throw error;
    }
  }
  return collector.violations;
}

/** Whether a message keeps the rules of its schema; stops at the first that it breaks. */
export function isValid<T>(
  schema: Validated<T>,
  message: T,
  options?: Omit<ValidateOptions, "failFast">,
): boolean {
  return validate(schema, message, { ...options, failFast: true }).length === 0;
}

/** Throws a {@link ValidationError} unless the message keeps the rules of its schema. */
export function assertValid<T>(schema: Validated<T>, message: T, options?: ValidateOptions): void {
  const violations = validate(schema, message, options);
  if (violations.length > 0) {
    throw new ValidationError(violations);
  }
}
