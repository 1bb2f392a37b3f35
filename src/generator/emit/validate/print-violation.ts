import { type Code, code, join, stringLiteral } from "../../code.ts";
import type { RuleInfo } from "../../model/rules/check.ts";
import { type FieldSite, siteCode } from "./rule-code.ts";
import type { ValidateScope } from "./validate-scope.ts";

/**
 * Code that reports a violation. A rule about the whole message has no field; a
 * message replaces the rule's own.
 */
export function violation(rule: RuleInfo, field: FieldSite | undefined, message?: Code): Code {
  const text = message ?? code`${stringLiteral(rule.message)}`;
  const parts = [code`${siteCode(rule, field)}`, text];
  const { subscript } = field ?? {};
  return code`violations.add(${join(subscript === undefined ? parts : [...parts, subscript], ", ")})`;
}

/** Prints a line that reports a violation if a condition is true. */
export function printViolation(
  scope: ValidateScope,
  condition: Code,
  rule: RuleInfo,
  field: FieldSite | undefined,
): void {
  scope.module.line(code`if (${condition}) ${violation(rule, field)};`);
}
