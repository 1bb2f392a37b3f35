import type { CelProblem } from "../../cel/cel-problem.ts";
import { type CompiledRule, compileRule } from "../../cel/compile-rule.ts";
import { type Code, code, stringLiteral } from "../../code.ts";
import { quote } from "../../model/diagnostics.ts";
import type { CelCheck } from "../../model/rules/check.ts";
import { reportRule } from "../../model/rules/rule-place.ts";
import { now } from "./condition.ts";
import { printViolation, violation } from "./print-violation.ts";
import type { FieldSite } from "./rule-code.ts";
import type { ValidateScope } from "./validate-scope.ts";

/**
 * Prints the check of a rule in CEL, or reports what is wrong with it.
 *
 * @param subject the value that is `this`, as the message has it
 * @param field the place of the value; a rule about the message has none
 */
export function printCel(
  scope: ValidateScope,
  check: CelCheck,
  subject: string,
  field: FieldSite | undefined,
): void {
  const self = /^\w+$/.test(subject) ? subject : "self";
  const compiled = compileRule(check, { model: scope.model, self, now });
  if (compiled.kind === "problems") {
    reportProblems(check, compiled.problems);
    return;
  }
  const print = () => printResult(scope, check, compiled, field);
  if (self === subject || !mentions(compiled.code, self)) {
    print();
    return;
  }
  scope.module.block([], () => {
    scope.module.line(code`const self = ${subject};`);
    print();
  });
}

function printResult(
  scope: ValidateScope,
  { rule, expression }: CelCheck,
  { code: value, result }: CompiledRule,
  field: FieldSite | undefined,
): void {
  const { module } = scope;
  const fixed = rule.message === "" ? `"${expression}" returned false` : rule.message;
  const known = { ...rule, message: fixed };
  if (result === "bool") {
    printViolation(scope, code`!(${value})`, known, field);
    return;
  }
  if (result === "string" && rule.message !== "") {
    printViolation(scope, code`(${value}) !== ""`, known, field);
    return;
  }
  module.block([], () => {
    module.line(code`const result = ${value};`);
    const broken =
      result === "string" ? code`result !== ""` : code`result !== "" && result !== true`;
    const text = code`typeof result === "string" ? result : ${stringLiteral(fixed)}`;
    const message = rule.message !== "" ? undefined : result === "string" ? code`result` : text;
    module.line(code`if (${broken}) ${violation(known, field, message)};`);
  });
}

function reportProblems(
  { place, expression, predefined }: CelCheck,
  problems: readonly CelProblem[],
) {
  const of = predefined === undefined ? "" : ` of the rule [${predefined.extension.typeName}]`;
  for (const { message, offset } of problems) {
    reportRule(place, `${quote(expression)}${of}, at character ${offset + 1}: ${message}`);
  }
}

function mentions(parts: Code, name: string): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  return parts.some((part) => typeof part === "string" && word.test(part));
}
