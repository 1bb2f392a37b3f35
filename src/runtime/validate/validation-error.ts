import type { Violation } from "./violation.ts";
import { violationPath } from "./violation-path.ts";

/** A message breaks rules of its schema. */
export class ValidationError extends Error {
  override readonly name = "ValidationError";
  /** All broken rules, at least one. */
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(describe(violations));
    this.violations = violations;
  }
}

/** As protovalidate's own errors: the first violation, and how many more there are. */
function describe(violations: readonly Violation[]): string {
  const [first] = violations;
  if (first === undefined) {
    return "validation failed";
  }
  const path = violationPath(first);
  const text = `${path === "" ? "" : `${path}: `}${first.message} [${first.ruleId}]`;
  const more = violations.length - 1;
  return more === 0 ? text : `${text}, and ${more} more violation${more === 1 ? "" : "s"}`;
}
