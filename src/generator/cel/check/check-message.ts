import { formatType } from "../cel-type.ts";
import { fieldType, messageType } from "../field-type.ts";
import type { Expr } from "../parse-expression.ts";
import type { TypedExpr } from "../typed-expr.ts";
import { type Checker, failed, typed } from "./checker.ts";
import { lookUpMessage } from "./environment.ts";

type Struct = Extract<Expr["exprKind"], { case: "structExpr" }>["value"];

/** Checks `pkg.Message{field: value}`. */
export function checkMessage(checker: Checker, expr: Expr, struct: Struct): TypedExpr {
  const desc = lookUpMessage(checker.env, struct.messageName);
  if (desc === undefined) {
    return failed(checker, expr, `there is no message ${JSON.stringify(struct.messageName)}`);
  }
  const fields = struct.entries.flatMap(({ keyKind, value }) => {
    const name = keyKind.case === "fieldKey" ? keyKind.value : "";
    const field = desc.fields.find((candidate) => candidate.name === name);
    if (field === undefined || value === undefined) {
      failed(checker, value ?? expr, `${desc.typeName} has no field ${JSON.stringify(name)}`);
      return [];
    }
    const node = checker.check(checker, value);
    const type = fieldType(field);
    // google.protobuf.NullValue.NULL_VALUE is an int; the field is null.
    const isNullValue = type.kind === "null" && node.type.kind === "int";
    if (!isNullValue && !checker.types.assignAll([node.type], [type])) {
      const given = formatType(checker.types.apply(node.type));
      checker.report(
        node.offset,
        `the field "${field.name}" of ${desc.typeName} is of type ${formatType(type)}, not ${given}`,
      );
    }
    return [[field, node] as const];
  });
  return typed(checker, expr, messageType(desc), { kind: "message", desc, fields });
}
