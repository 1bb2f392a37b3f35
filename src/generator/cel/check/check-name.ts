import { int, typeOf } from "../cel-type.ts";
import type { Expr } from "../parse-expression.ts";
import type { TypedExpr } from "../typed-expr.ts";
import { type Checker, typed } from "./checker.ts";
import { lookUp } from "./environment.ts";

/** The node for a name, qualified or not, if it stands for something. */
export function named(checker: Checker, expr: Expr, name: string): TypedExpr | undefined {
  const local = checker.locals.get(name);
  if (local !== undefined) {
    return typed(checker, expr, local.type, { kind: "variable", name: local.name });
  }
  const found = lookUp(checker.env, name);
  switch (found?.kind) {
    case "variable":
      return typed(checker, expr, found.type, { kind: "variable", name: found.name });
    case "type":
      return typed(checker, expr, typeOf(found.of), { kind: "typeName", of: found.of });
    case "enumValue":
      return typed(checker, expr, int, { kind: "constant", value: BigInt(found.number) });
    default:
      return undefined;
  }
}
