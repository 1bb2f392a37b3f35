import type { SecretField, Secrets } from "../codec/secrets.ts";
import type { FieldPathElement, Violation } from "../validate/violation.ts";

/**
 * Violations without anything that may quote a secret: keys of secret maps, and
 * the messages of rules in CEL that can see secrets, which they may compose.
 */
export function redactViolations(
  secrets: Secrets | undefined,
  violations: readonly Violation[],
): readonly Violation[] {
  return secrets === undefined
    ? violations
    : violations.map((violation) => redactViolation(secrets, violation));
}

function redactViolation(secrets: Secrets, violation: Violation): Violation {
  const message = isCustom(violation) ? `breaks ${violation.ruleId}` : violation.message;
  const path: FieldPathElement[] = [];
  let below: Secrets | undefined = secrets;
  for (const step of violation.field) {
    const field: SecretField | undefined = below?.find(({ name }) => name === step.fieldName);
    if (field === undefined) {
      return violation;
    }
    if (field.message === undefined) {
      const { fieldName, fieldNumber, fieldType } = step;
      const place = {
        fieldName,
        ...(fieldNumber === undefined ? {} : { fieldNumber }),
        ...(fieldType === undefined ? {} : { fieldType }),
      };
      return { ...violation, message, field: [...path, place] };
    }
    path.push(step);
    below = field.message().secrets;
  }
  return message === violation.message ? violation : { ...violation, message };
}

/** Whether the rule is one of the .proto's own, in CEL: not one of the standard. */
function isCustom({ rule }: Violation): boolean {
  return rule.some(({ fieldName }) => /^(?:cel|cel_expression|\[.*)$/.test(fieldName));
}
