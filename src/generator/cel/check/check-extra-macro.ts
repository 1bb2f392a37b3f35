import { list, map } from "../cel-type.ts";
import type { Expr } from "../parse-expression.ts";
import type { LoopMacro, TypedExpr } from "../typed-expr.ts";
import type { Call } from "./check-call.ts";
import { checkLoop, rangeTypes } from "./check-loop.ts";
import { type Checker, typed, withLocals } from "./checker.ts";

/** Checks `cel.bind(name, value, body)`, if that is what the call is. */
export function checkBind(checker: Checker, expr: Expr, call: Call): TypedExpr | undefined {
  const [variable, value, body] = call.args;
  const name = variable && identifier(variable);
  if (
    !checker.env.extraMacros.has("bind") ||
    call.function !== "bind" ||
    (call.target && identifier(call.target)) !== "cel" ||
    call.args.length !== 3 ||
    name === undefined ||
    value === undefined ||
    body === undefined
  ) {
    return undefined;
  }
  const bound = checker.check(checker, value);
  const { inner, locals } = withLocals(checker, [{ name, type: bound.type }]);
  const node = inner.check(inner, body);
  return typed(checker, expr, node.type, {
    kind: "let",
    name: locals[0]?.name ?? name,
    value: bound,
    body: node,
  });
}

const macros: ReadonlyMap<string, LoopMacro> = new Map([
  ["all", "all"],
  ["exists", "exists"],
  ["existsOne", "existsOne"],
  ["exists_one", "existsOne"],
  ["transformList", "map"],
  ["transformMap", "transformMap"],
  ["transformMapEntry", "transformMapEntry"],
]);

/** Checks `range.all(i, v, condition)` and its like, if that is what the call is. */
export function checkTwoVariables(checker: Checker, expr: Expr, call: Call): TypedExpr | undefined {
  const macro = macros.get(call.function);
  const [a, b, ...rest] = call.args;
  const first = a && identifier(a);
  const second = b && identifier(b);
  const transforms = call.function.startsWith("transform");
  if (
    !checker.env.extraMacros.has("twoVariables") ||
    macro === undefined ||
    call.target === undefined ||
    first === undefined ||
    second === undefined ||
    rest.length < 1 ||
    rest.length > (transforms ? 2 : 1)
  ) {
    return undefined;
  }
  const range = checker.check(checker, call.target);
  const types = rangeTypes(checker, range);
  const node = checkLoop(
    checker,
    expr,
    range,
    [
      { name: first, type: types.first },
      { name: second, type: types.second },
    ],
    transforms
      ? { macro, condition: rest.length === 2 ? rest[0] : undefined, result: rest.at(-1) }
      : { macro, condition: rest[0], result: undefined },
  );
  return node.kind === "loop" ? { ...node, type: transformedType(macro, node, types.first) } : node;
}

function transformedType(
  macro: LoopMacro,
  node: TypedExpr & { readonly kind: "loop" },
  key: TypedExpr["type"],
): TypedExpr["type"] {
  const { result } = node;
  if (macro === "transformMap" && result !== undefined) {
    return map(key, result.type);
  }
  if (macro === "transformMapEntry" && result !== undefined) {
    return result.type;
  }
  return macro === "map" && result !== undefined ? list(result.type) : node.type;
}

function identifier({ exprKind }: Expr): string | undefined {
  return exprKind.case === "identExpr" ? exprKind.value.name : undefined;
}
