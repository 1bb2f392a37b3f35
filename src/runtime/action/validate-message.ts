import { validate } from "../validate/validate.ts";
import { ValidationError } from "../validate/validation-error.ts";
import { violationPath } from "../validate/violation-path.ts";
import type { AnyAction } from "./contract.ts";
import { ActionError } from "./error.ts";
import { redactViolations } from "./secret-violations.ts";

/** Throws `invalid_argument` with every rule that a request breaks. */
export function checkRequest(action: AnyAction, message: unknown): void {
  const violations = redactViolations(action.input.secrets, validate(action.input, message));
  if (violations.length > 0) {
    const cause = new ValidationError(violations);
    throw new ActionError("invalid_argument", cause.message, {
      violations: violations.map((violation) => ({
        field: violationPath(violation),
        rule: violation.ruleId,
        message: violation.message,
        forKey: violation.forKey,
        violation,
      })),
      cause,
    });
  }
}

/** Throws a `ValidationError`, which is no fault of the caller's, if a response breaks a rule. */
export function checkResponse(action: AnyAction, message: unknown): void {
  const violations = redactViolations(action.output.secrets, validate(action.output, message));
  if (violations.length > 0) {
    throw new ValidationError(violations);
  }
}
