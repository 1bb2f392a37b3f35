import {
  bool,
  bytes,
  type CelType,
  double,
  formatType,
  int,
  list,
  map,
  nullType,
  string,
  uint,
} from "../cel-type.ts";
import type { Expr } from "../parse-expression.ts";
import type { TypedExpr } from "../typed-expr.ts";
import { checkCall } from "./check-call.ts";
import { checkComprehension } from "./check-loop.ts";
import { checkMessage } from "./check-message.ts";
import { named } from "./check-name.ts";
import { checkSelect } from "./check-select.ts";
import { type Checker, failed, typed } from "./checker.ts";

/** Gives a node of the syntax tree, and everything below it, its type. */
export function check(checker: Checker, expr: Expr): TypedExpr {
  const { exprKind } = expr;
  switch (exprKind.case) {
    case "constExpr":
      return checkConstant(checker, expr, exprKind.value.constantKind);
    case "identExpr":
      return checkName(checker, expr, exprKind.value.name);
    case "selectExpr":
      return checkSelect(checker, expr, exprKind.value);
    case "callExpr":
      return checkCall(checker, expr, exprKind.value);
    case "listExpr":
      return checkList(checker, expr, exprKind.value.elements);
    case "structExpr":
      return exprKind.value.messageName === ""
        ? checkMap(checker, expr, exprKind.value.entries)
        : checkMessage(checker, expr, exprKind.value);
    case "comprehensionExpr":
      return checkComprehension(checker, expr, exprKind.value);
    default:
      return failed(checker, expr, "the parser left out a part of the expression");
  }
}

function checkName(checker: Checker, expr: Expr, name: string): TypedExpr {
  return (
    named(checker, expr, name) ?? failed(checker, expr, `${JSON.stringify(name)} is not declared`)
  );
}

type Constant = Extract<Expr["exprKind"], { case: "constExpr" }>["value"]["constantKind"];

function checkConstant(checker: Checker, expr: Expr, constant: Constant): TypedExpr {
  switch (constant.case) {
    case "boolValue":
      return typed(checker, expr, bool, { kind: "constant", value: constant.value });
    case "int64Value":
      return constant.value === BigInt.asIntN(64, constant.value)
        ? typed(checker, expr, int, { kind: "constant", value: constant.value })
        : failed(checker, expr, `${constant.value} is out of the range of int`);
    case "uint64Value":
      return constant.value === BigInt.asUintN(64, constant.value)
        ? typed(checker, expr, uint, { kind: "constant", value: constant.value })
        : failed(checker, expr, `${constant.value}u is out of the range of uint`);
    case "doubleValue":
      return typed(checker, expr, double, { kind: "constant", value: constant.value });
    case "stringValue":
      return typed(checker, expr, string, { kind: "constant", value: constant.value });
    case "bytesValue":
      return typed(checker, expr, bytes, { kind: "constant", value: constant.value });
    case "nullValue":
      return typed(checker, expr, nullType, { kind: "constant", value: null });
    default:
      return failed(checker, expr, "a literal of this kind is not supported");
  }
}

function checkList(checker: Checker, expr: Expr, elements: readonly Expr[]): TypedExpr {
  const nodes = elements.map((element) => checker.check(checker, element));
  const element = joined(checker, nodes);
  return typed(checker, expr, list(element), { kind: "list", elements: nodes });
}

type Entries = Extract<Expr["exprKind"], { case: "structExpr" }>["value"]["entries"];

function checkMap(checker: Checker, expr: Expr, entries: Entries): TypedExpr {
  const nodes = entries.map(({ keyKind, value }) => {
    const key =
      keyKind.case === "mapKey"
        ? checker.check(checker, keyKind.value)
        : failed(checker, expr, "a key is missing");
    const type = checker.types.apply(key.type);
    if (!keyKinds.has(type.kind)) {
      checker.report(key.offset, `a value of type ${formatType(type)} can't be the key of a map`);
    }
    return [key, value === undefined ? key : checker.check(checker, value)] as const;
  });
  const key = joined(
    checker,
    nodes.map(([node]) => node),
  );
  const value = joined(
    checker,
    nodes.map(([, node]) => node),
  );
  return typed(checker, expr, map(key, value), { kind: "map", entries: nodes });
}

const keyKinds: ReadonlySet<CelType["kind"]> = new Set([
  "bool",
  "int",
  "uint",
  "string",
  "dyn",
  "param",
]);

/** The type of a list's elements: what they have in common, else `dyn`. */
function joined(checker: Checker, nodes: readonly TypedExpr[]): CelType {
  return (
    nodes.reduce<CelType | undefined>(
      (type, node) => checker.types.join(type, node.type),
      undefined,
    ) ?? checker.types.fresh()
  );
}
