import { type CelType, dyn, formatType, mapParameters, sameType } from "../cel-type.ts";
import type { Expr } from "../parse-expression.ts";
import type { TypedExpr } from "../typed-expr.ts";
import { checkBind, checkTwoVariables } from "./check-extra-macro.ts";
import { named } from "./check-name.ts";
import { qualifiedName, selectFrom } from "./check-select.ts";
import { type Checker, failed, typed } from "./checker.ts";
import type { FunctionDecl, Overload } from "./declaration.ts";
import { candidateNames } from "./environment.ts";

type ListValue = Extract<Expr["exprKind"], { case: "listExpr" }>["value"];
export type Call = Extract<Expr["exprKind"], { case: "callExpr" }>["value"];

/** Checks a call of a function, a method or an operator. */
export function checkCall(checker: Checker, expr: Expr, call: Call): TypedExpr {
  const { target, args } = call;
  if (target === undefined) {
    return call.function === "getField"
      ? checkGetField(checker, expr, args)
      : checkFunction(checker, expr, call.function, args);
  }
  const extra = checkBind(checker, expr, call) ?? checkTwoVariables(checker, expr, call);
  if (extra !== undefined) {
    return extra;
  }
  // `math.ceil(x)` is a function with a qualified name, unless there is a variable `math`.
  const namespace = qualifiedName(checker, target);
  const name = namespace === undefined ? undefined : `${namespace}.${call.function}`;
  if (name !== undefined && findFunction(checker, name) !== undefined) {
    return checkFunction(checker, expr, name, spread(expr, name, args));
  }
  const decl = checker.env.library.get(call.function);
  const [root = ""] = namespace?.split(".") ?? [];
  if (name !== undefined && decl === undefined && named(checker, target, root) === undefined) {
    return failed(checker, expr, noFunction(name));
  }
  const nodes = [target, ...args].map((arg) => checker.check(checker, arg));
  return resolve(checker, expr, call.function, decl, true, nodes);
}

function checkFunction(
  checker: Checker,
  expr: Expr,
  name: string,
  args: readonly Expr[],
): TypedExpr {
  const nodes = args.map((arg) => checker.check(checker, arg));
  return resolve(checker, expr, name, findFunction(checker, name), false, nodes);
}

function findFunction(checker: Checker, name: string): FunctionDecl | undefined {
  return candidateNames(checker.env.container, name)
    .map((candidate) => checker.env.library.get(candidate))
    .find((decl) => decl !== undefined);
}

/** `math.greatest(a, b, c)` is `math.greatest([a, b, c])`. */
function spread(expr: Expr, name: string, args: readonly Expr[]): readonly Expr[] {
  if ((name !== "math.greatest" && name !== "math.least") || args.length < 3) {
    return args;
  }
  const value: ListValue = {
    $typeName: "cel.expr.Expr.CreateList",
    elements: [...args],
    optionalIndices: [],
  };
  return [{ ...expr, exprKind: { case: "listExpr", value } }];
}

/** protovalidate's `getField(message, "name")`, for fields whose names are reserved words. */
function checkGetField(checker: Checker, expr: Expr, args: readonly Expr[]): TypedExpr {
  const [operand, name] = args;
  const constant =
    name?.exprKind.case === "constExpr" ? name.exprKind.value.constantKind : undefined;
  if (operand === undefined || constant?.case !== "stringValue" || args.length !== 2) {
    return failed(checker, expr, "getField takes a message and the name of a field, as a literal");
  }
  const node = checker.check(checker, operand);
  const type = checker.types.apply(node.type);
  return type.kind === "message" || type.kind === "dyn"
    ? selectFrom(checker, expr, node, constant.value, false)
    : failed(checker, expr, `getField takes a message, not a value of type ${formatType(type)}`);
}

function resolve(
  checker: Checker,
  expr: Expr,
  name: string,
  decl: FunctionDecl | undefined,
  member: boolean,
  args: readonly TypedExpr[],
): TypedExpr {
  const { types } = checker;
  const overloads: Overload[] = [];
  let result: CelType | undefined;
  for (const overload of decl?.overloads ?? []) {
    if (overload.member !== member) {
      continue;
    }
    const [type, ...params] = instantiate(checker, [overload.result, ...overload.params]);
    if (
      type !== undefined &&
      types.assignAll(
        args.map((arg) => arg.type),
        params,
      )
    ) {
      overloads.push(overload);
      const found = types.apply(type);
      result = result === undefined || sameType(result, found) ? found : dyn;
    }
  }
  if (result === undefined) {
    const given = args.map((arg) => formatType(types.apply(arg.type)));
    return failed(checker, expr, noOverload(name, member, given, decl));
  }
  return typed(checker, expr, result, { kind: "call", name, overloads, args });
}

/** The types with parameters that are used nowhere else. */
function instantiate(checker: Checker, all: readonly CelType[]): CelType[] {
  const fresh = new Map<string, CelType>();
  const change = (type: CelType): CelType => {
    if (type.kind !== "param") {
      return mapParameters(type, change);
    }
    const known = fresh.get(type.name) ?? checker.types.fresh();
    fresh.set(type.name, known);
    return known;
  };
  return all.map(change);
}

/** Other implementations of CEL have more functions, which may be what was meant. */
function noFunction(name: string): string {
  return `there is no function ${JSON.stringify(name)}: rules have CEL's standard ones, those for strings, and protovalidate's (https://protovalidate.com/reference/cel_extensions)`;
}

function noOverload(
  name: string,
  member: boolean,
  given: readonly string[],
  decl: FunctionDecl | undefined,
): string {
  const what = JSON.stringify(
    name.replace(/^@/, "").replaceAll("_", name.startsWith("_") ? "" : "_"),
  );
  if (decl === undefined) {
    return noFunction(name);
  }
  const [target, ...rest] = given;
  return member
    ? `${what} can't be called on ${target} with (${rest.join(", ")})`
    : `${what} can't be applied to (${given.join(", ")})`;
}
