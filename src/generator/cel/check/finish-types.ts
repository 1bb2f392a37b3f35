import type { TypedExpr } from "../typed-expr.ts";
import type { Substitution } from "./substitution.ts";

/** The expression with all type parameters replaced by what has been found for them. */
export function finishTypes(expr: TypedExpr, types: Substitution): TypedExpr {
  const finish = (inner: TypedExpr): TypedExpr => finishTypes(inner, types);
  const { offset } = expr;
  const type = types.finish(expr.type);
  switch (expr.kind) {
    case "field":
    case "hasField":
    case "key":
    case "hasKey":
      return { ...expr, type, offset, operand: finish(expr.operand) };
    case "call":
      return { ...expr, type, args: expr.args.map(finish) };
    case "list":
      return { ...expr, type, elements: expr.elements.map(finish) };
    case "map":
      return {
        ...expr,
        type,
        entries: expr.entries.map(([key, value]) => [finish(key), finish(value)] as const),
      };
    case "message":
      return {
        ...expr,
        type,
        fields: expr.fields.map(([field, value]) => [field, finish(value)] as const),
      };
    case "loop":
      return {
        ...expr,
        type,
        range: finish(expr.range),
        variables: expr.variables.map(({ name, type }) => ({ name, type: types.finish(type) })),
        condition: expr.condition && finish(expr.condition),
        result: expr.result && finish(expr.result),
      };
    case "let":
      return { ...expr, type, value: finish(expr.value), body: finish(expr.body) };
    default:
      return { ...expr, type };
  }
}
