import { type Code, code } from "../../code.ts";
import type { ValidateScope } from "./validate-scope.ts";

/**
 * Code that reports a violation, and is true if that is enough. A rule about
 * the whole message has no step; a message replaces the rule's own.
 */
export function violation(rule: Code, step: Code | undefined, message?: Code): Code {
  if (message !== undefined) {
    return code`violations.add(${rule}, ${step ?? "undefined"}, ${message})`;
  }
  return step === undefined
    ? code`violations.add(${rule})`
    : code`violations.add(${rule}, ${step})`;
}

/** Prints a line that reports a violation if a condition is true. */
export function printViolation(
  scope: ValidateScope,
  condition: Code,
  rule: Code,
  step: Code | undefined,
): void {
  scope.module.line(code`if (${condition} && ${violation(rule, step)}) return;`);
}
