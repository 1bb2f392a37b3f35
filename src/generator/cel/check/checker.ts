import { type CelType, dyn } from "../cel-type.ts";
import type { Expr, Syntax } from "../parse-expression.ts";
import type { TypedExpr, TypedExprKind } from "../typed-expr.ts";
import type { Environment } from "./environment.ts";
import type { Substitution } from "./substitution.ts";

/** What the functions of the checker share while they go through an expression. */
export interface Checker {
  readonly env: Environment;
  readonly syntax: Syntax;
  /** The variables of the macros around the current node, by the name in the source. */
  readonly locals: ReadonlyMap<string, Local>;
  /** Names that variables of macros must not get. */
  readonly taken: Set<string>;
  readonly types: Substitution;
  report(offset: number, message: string): void;
  /** Gives a node of the syntax tree, and everything below it, its type. */
  check(this: void, checker: Checker, expr: Expr): TypedExpr;
}

/** A variable of a macro. */
export interface Local {
  /** Its name in the typed expression, where no two variables have the same. */
  readonly name: string;
  readonly type: CelType;
}

/** A typed node in the place of a node of the syntax tree. */
export function typed(checker: Checker, expr: Expr, type: CelType, kind: TypedExprKind): TypedExpr {
  return { ...kind, type, offset: checker.syntax.offset(expr) };
}

/** Reports a problem, and goes on with a value of which nothing is known. */
export function failed(checker: Checker, expr: Expr, message: string): TypedExpr {
  checker.report(checker.syntax.offset(expr), message);
  return typed(checker, expr, dyn, { kind: "constant", value: null });
}

/** The checker for the body of a macro, with its variables, and those as typed nodes have them. */
export function withLocals(
  checker: Checker,
  variables: readonly { readonly name: string; readonly type: CelType }[],
): { readonly inner: Checker; readonly locals: readonly Local[] } {
  const map = new Map(checker.locals);
  const locals = variables.map(({ name, type }) => {
    const local = { name: freeName(checker.taken, name), type };
    map.set(name, local);
    return local;
  });
  return { inner: { ...checker, locals: map }, locals };
}

function freeName(taken: Set<string>, name: string): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) {
    free = `${name}${i}`;
  }
  taken.add(free);
  return free;
}
