import type { CelProblem } from "../cel-problem.ts";
import type { CelType } from "../cel-type.ts";
import { parseExpression } from "../parse-expression.ts";
import type { TypedExpr } from "../typed-expr.ts";
import { check } from "./check-node.ts";
import type { Checker } from "./checker.ts";
import type { Environment } from "./environment.ts";
import { finishTypes } from "./finish-types.ts";
import { createSubstitution } from "./substitution.ts";

/** A checked expression, or everything that is wrong with it. */
export type CheckResult =
  | { readonly kind: "checked"; readonly expr: TypedExpr }
  | { readonly kind: "problems"; readonly problems: readonly CelProblem[] };

/**
 * Parses an expression, resolves its names and gives every part its type. The
 * rules are those of cel-go, the reference implementation.
 */
export function checkExpression(source: string, env: Environment): CheckResult {
  const syntax = parseExpression(source);
  if ("message" in syntax) {
    return { kind: "problems", problems: [syntax] };
  }
  const problems: CelProblem[] = [];
  const locals = new Map<string, { readonly name: string; readonly type: CelType }>();
  const checker: Checker = {
    env,
    syntax,
    locals,
    taken: new Set(env.variables.keys()),
    types: createSubstitution(),
    check,
    report: (offset, message) => problems.push({ offset, message }),
  };
  const expr = check(checker, syntax.expr);
  return problems.length > 0
    ? { kind: "problems", problems }
    : { kind: "checked", expr: finishTypes(expr, checker.types) };
}
