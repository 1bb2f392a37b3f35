import { bool, dyn, formatType } from "../cel-type.ts";
import { fieldType } from "../field-type.ts";
import type { Expr } from "../parse-expression.ts";
import type { TypedExpr } from "../typed-expr.ts";
import { named } from "./check-name.ts";
import { type Checker, failed, typed } from "./checker.ts";

type Select = Extract<Expr["exprKind"], { case: "selectExpr" }>["value"];

/** Checks `a.b`, which may also be a qualified name, and `has(a.b)`. */
export function checkSelect(checker: Checker, expr: Expr, select: Select): TypedExpr {
  const { operand, field, testOnly } = select;
  if (operand === undefined) {
    return failed(checker, expr, "the parser left out a part of the expression");
  }
  if (!testOnly) {
    const name = qualifiedName(checker, expr);
    const found = name === undefined ? undefined : named(checker, expr, name);
    if (found !== undefined) {
      return found;
    }
  }
  return selectFrom(checker, expr, checker.check(checker, operand), field, testOnly);
}

/** The node for a field or entry of something that has been checked. */
export function selectFrom(
  checker: Checker,
  expr: Expr,
  operand: TypedExpr,
  name: string,
  testOnly: boolean,
): TypedExpr {
  const type = checker.types.apply(operand.type);
  switch (type.kind) {
    case "message": {
      const field = type.desc.fields.find((candidate) => candidate.name === name);
      if (field === undefined) {
        return failed(
          checker,
          expr,
          `${type.desc.typeName} has no field ${JSON.stringify(name)}; fields have the names that they have in the .proto file`,
        );
      }
      return testOnly
        ? typed(checker, expr, bool, { kind: "hasField", operand, field })
        : typed(checker, expr, fieldType(field), { kind: "field", operand, field });
    }
    case "map":
    case "dyn":
    case "param": {
      if (type.kind === "param") {
        checker.types.assignAll([dyn], [type]);
      }
      const value = type.kind === "map" ? type.value : dyn;
      return testOnly
        ? typed(checker, expr, bool, { kind: "hasKey", operand, key: name })
        : typed(checker, expr, value, { kind: "key", operand, key: name });
    }
    default:
      return failed(
        checker,
        expr,
        `a value of type ${formatType(type)} has no field ${JSON.stringify(name)}`,
      );
  }
}

/** The text of `a.b.c`, if it consists of names only and no macro's variable comes first. */
export function qualifiedName(checker: Checker, { exprKind }: Expr): string | undefined {
  if (exprKind.case === "identExpr") {
    const { name } = exprKind.value;
    return checker.locals.has(name) ? undefined : name;
  }
  if (exprKind.case === "selectExpr" && !exprKind.value.testOnly && exprKind.value.operand) {
    const prefix = qualifiedName(checker, exprKind.value.operand);
    return prefix === undefined ? undefined : `${prefix}.${exprKind.value.field}`;
  }
  return undefined;
}
