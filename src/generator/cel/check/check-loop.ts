import { bool, type CelType, dyn, formatType, int, list } from "../cel-type.ts";
import type { Expr } from "../parse-expression.ts";
import type { LoopMacro, TypedExpr } from "../typed-expr.ts";
import { type Checker, failed, typed, withLocals } from "./checker.ts";

type Comprehension = Extract<Expr["exprKind"], { case: "comprehensionExpr" }>["value"];

/** What the parser expanded a macro from, and where its parts went. */
interface MacroParts {
  readonly macro: LoopMacro;
  readonly condition: Expr | undefined;
  readonly result: Expr | undefined;
}

/**
 * Checks a macro. The parser has expanded it to a fold, of which only the
 * parts that were in the source are checked; the rest is what the macro means.
 */
export function checkComprehension(
  checker: Checker,
  expr: Expr,
  comprehension: Comprehension,
): TypedExpr {
  const { iterRange, iterVar, loopStep } = comprehension;
  const name = checker.syntax.macro(expr);
  const parts = loopStep && name !== undefined ? partsOf(name, loopStep) : undefined;
  if (iterRange === undefined || parts === undefined) {
    return failed(checker, expr, "this macro is not supported");
  }
  const range = checker.check(checker, iterRange);
  const { element } = rangeTypes(checker, range);
  return checkLoop(checker, expr, range, [{ name: iterVar, type: element }], parts);
}

/** Checks the body of a macro whose range and variables are known. */
export function checkLoop(
  checker: Checker,
  expr: Expr,
  range: TypedExpr,
  variables: readonly { readonly name: string; readonly type: CelType }[],
  parts: MacroParts,
): TypedExpr {
  const { inner, locals } = withLocals(checker, variables);
  const condition = parts.condition && inner.check(inner, parts.condition);
  if (condition !== undefined && !checker.types.assignAll([condition.type], [bool])) {
    const type = formatType(checker.types.apply(condition.type));
    checker.report(
      condition.offset,
      `the condition of "${parts.macro}" is of type ${type}, not bool`,
    );
  }
  const result = parts.result && inner.check(inner, parts.result);
  const type = resultType(parts.macro, locals[0]?.type ?? dyn, result?.type);
  return typed(checker, expr, type, {
    kind: "loop",
    macro: parts.macro,
    range,
    variables: locals,
    condition,
    result,
  });
}

/** The types of what a macro goes through: elements and indexes, or keys and values. */
export function rangeTypes(
  checker: Checker,
  range: TypedExpr,
): { readonly element: CelType; readonly first: CelType; readonly second: CelType } {
  const type = checker.types.apply(range.type);
  switch (type.kind) {
    case "list":
      return { element: type.element, first: int, second: type.element };
    case "map":
      return { element: type.key, first: type.key, second: type.value };
    case "dyn":
      return { element: dyn, first: dyn, second: dyn };
    case "param":
      checker.types.assignAll([dyn], [type]);
      return { element: dyn, first: dyn, second: dyn };
    default:
      checker.report(
        range.offset,
        `a macro goes through a list or a map, not a value of type ${formatType(type)}`,
      );
      return { element: dyn, first: dyn, second: dyn };
  }
}

function resultType(macro: LoopMacro, element: CelType, result: CelType | undefined): CelType {
  switch (macro) {
    case "map":
      return list(result ?? dyn);
    case "filter":
      return list(element);
    default:
      return bool;
  }
}

function partsOf(name: string, step: Expr): MacroParts | undefined {
  const args = callArgs(step);
  switch (name) {
    case "all":
    case "exists":
      return { macro: name, condition: args[1], result: undefined };
    case "exists_one":
    case "existsOne":
      return { macro: "existsOne", condition: args[0], result: undefined };
    case "filter":
      return { macro: "filter", condition: args[0], result: undefined };
    case "map": {
      // With a condition it is `condition ? accu + [result] : accu`.
      const [condition, added] = args.length === 3 ? args : [undefined, step];
      const list = added && callArgs(added)[1]?.exprKind;
      const result = list?.case === "listExpr" ? list.value.elements[0] : undefined;
      return { macro: "map", condition, result };
    }
    default:
      return undefined;
  }
}

function callArgs({ exprKind }: Expr): readonly Expr[] {
  return exprKind.case === "callExpr" ? exprKind.value.args : [];
}
