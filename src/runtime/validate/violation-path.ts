import type { FieldPathElement, Violation } from "./violation.ts";

/**
 * Where a violation is, for people: `attendees[3].email`, `labels["a b"]`.
 * Names are those of the .proto; empty if the rule is about the whole message.
 */
export function violationPath(violation: Pick<Violation, "field">): string {
  return violation.field.map(elementText).join(".");
}

function elementText({ fieldName, subscript }: FieldPathElement): string {
  if (subscript === undefined) {
    return fieldName;
  }
  const { kind, value } = subscript;
  return `${fieldName}[${kind === "stringKey" ? JSON.stringify(value) : value}]`;
}
