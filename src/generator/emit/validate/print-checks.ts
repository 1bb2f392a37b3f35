import { code, helper, stringLiteral } from "../../code.ts";
import type { Check, NestedCheck, TestCheck } from "../../model/rules/check.ts";
import { failure } from "./condition.ts";
import { printCel } from "./print-cel.ts";
import { printViolation, violation } from "./print-violation.ts";
import { type FieldSite, fieldCode } from "./rule-code.ts";
import { type ValidateScope, validatorOf } from "./validate-scope.ts";
import type { ValidatedValue } from "./validated-value.ts";

/** Checks of one value; those of the elements of lists and maps are printed elsewhere. */
export type ValueCheck = Exclude<Check, { readonly kind: "items" | "entries" }>;

/** Whether a check is one of the value itself. */
export function isValueCheck(check: Check): check is ValueCheck {
  return check.kind !== "items" && check.kind !== "entries";
}

/**
 * Prints the checks of a value.
 *
 * @param field the place of the value
 */
export function printChecks(
  scope: ValidateScope,
  checks: readonly ValueCheck[],
  value: ValidatedValue,
  field: FieldSite,
): void {
  if (value.local !== undefined && checks.some(({ kind }) => kind === "test")) {
    scope.module.line(value.local);
  }
  for (const check of checks) {
    switch (check.kind) {
      case "test":
        printTest(scope, check, value, field);
        break;
      case "nested":
        printNested(scope, check, value.raw, field);
        break;
      case "cel":
        printCel(scope, check, value.raw, field);
        break;
    }
  }
}

function printTest(
  scope: ValidateScope,
  { test, rule, empty }: TestCheck,
  { tested }: ValidatedValue,
  field: FieldSite,
): void {
  if (test.kind === "pattern" && test.of === "bytes") {
    scope.module.block([], () => {
      // Bytes that are no text are an error, whatever the pattern.
      const text = code`${helper("textOf")}(${tested.code}, ${stringLiteral(rule.id)})`;
      scope.module.line(code`const text = ${text};`);
      printViolation(scope, failure(test, { ...tested, code: "text" }), rule, field);
    });
    return;
  }
  const broken = failure(test, tested);
  if (empty === undefined) {
    printViolation(scope, broken, rule, field);
    return;
  }
  scope.module.block(code`if (${broken})`, () => {
    const zero = test.kind === "format" ? ` === ""` : ".length === 0";
    const isEmpty = code`${tested.code}${zero}`;
    scope.module.line(code`if (${isEmpty}) ${violation(empty, field)};`);
    scope.module.line(code`else ${violation(rule, field)};`);
  });
}

function printNested(
  scope: ValidateScope,
  { message }: NestedCheck,
  raw: string,
  field: FieldSite,
): void {
  const { module } = scope;
  module.line(code`const start = violations.count;`);
  module.line(code`${validatorOf(scope, message)}(${raw}, violations);`);
  const within = code`violations.within(start, ${fieldCode(field)})`;
  module.line(code`if (violations.count > start) ${within};`);
}
