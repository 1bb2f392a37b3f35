import { type Code, code, stringLiteral } from "../../code.ts";
import type { MessageModel } from "../../message-model/message-model.ts";
import { bool, type CelType, formatType, string } from "../cel-type.ts";
import type { CallExpr, TypedExpr } from "../typed-expr.ts";
import { box } from "./box.ts";
import { indexMap, isInMap } from "./collections.ts";
import { constantValue } from "./constant-message.ts";
import { type Emitter, UnsupportedError, unsupported, withVariables } from "./emitter.ts";
import { hasField, readField } from "./fields.ts";
import { functions } from "./functions.ts";
import { celHelper } from "./helpers.ts";
import { emitList, emitMap } from "./list-literals.ts";
import { emitLoop } from "./loops.ts";
import { emitMessage } from "./message-literals.ts";
import { printCondition } from "./size-condition.ts";
import { unbox } from "./unbox.ts";
import { boxed, callCode, plain, primary, type Value, withCode } from "./value.ts";

/** Prints an expression, over variables whose values are given. */
export function emitExpression(
  expr: TypedExpr,
  model: MessageModel,
  variables: ReadonlyMap<string, Value>,
): Value {
  return emit({ model, variables, emit }, expr);
}

/** Prints an expression whose value carries its type. */
export function emitBoxed(
  expr: TypedExpr,
  model: MessageModel,
  variables: ReadonlyMap<string, Value>,
): Code {
  const emitter = { model, variables, emit };
  return box(emitter, emit(emitter, expr));
}

function emit(emitter: Emitter, expr: TypedExpr): Value {
  try {
    return emitNode(emitter, expr);
  } catch (error) {
    if (error instanceof UnsupportedError) {
      error.offset ??= expr.offset;
    }
    throw error;
  }
}

function emitNode(emitter: Emitter, expr: TypedExpr): Value {
  const { type } = expr;
  switch (expr.kind) {
    case "constant":
      return constantValue(expr.value, type);
    case "variable":
      return emitter.variables.get(expr.name) ?? unsupported(`${expr.name} has no value`);
    case "typeName":
      return typeName(expr.of, type);
    case "field":
      return noAny(readField(emitter, emit(emitter, expr.operand), expr.field));
    case "hasField":
      return hasField(emitter, emit(emitter, expr.operand), expr.field);
    case "key":
      return readKey(emitter, emit(emitter, expr.operand), expr.key, type);
    case "hasKey":
      return hasKey(emitter, emit(emitter, expr.operand), expr.key);
    case "call":
      return printCondition(emitter, expr) ?? emitCall(emitter, expr, type);
    case "list":
      return emitList(
        emitter,
        expr.elements.map((element) => emit(emitter, element)),
        type,
      );
    case "map":
      return emitMap(
        emitter,
        expr.entries.map(([key, value]) => [emit(emitter, key), emit(emitter, value)] as const),
        type,
      );
    case "message":
      return emitMessage(
        emitter,
        expr.desc,
        expr.fields.map(([field, value]) => [field, emit(emitter, value)] as const),
        type,
      );
    case "loop":
      return emitLoop(emitter, expr, type);
    case "let": {
      const value = emit(emitter, expr.value);
      const local = withCode(value, code`${`${expr.name}$`}`, false);
      const body = emit(withVariables(emitter, [[expr.name, local]]), expr.body);
      const text = code`((${expr.name}$) => ${body.code})(${value.code})`;
      return withCode(body, text, body.fails || value.fails);
    }
  }
}

/** CEL would unpack it, which takes the binary codecs of all messages. */
function noAny(value: Value): Value {
  return value.form.kind === "any"
    ? unsupported(
        "a compiled rule can't look into a google.protobuf.Any: use has(), or the rules any.in and any.not_in",
      )
    : value;
}

/** A type as a value. */
function typeName(of: CelType, type: CelType): Value {
  const name = of.kind === "null" ? "null_type" : simpleName(of);
  return primary(callCode(celHelper("boxType"), [code`${stringLiteral(name)}`]), type, boxed);
}

function simpleName(type: CelType): string {
  switch (type.kind) {
    case "list":
    case "map":
    case "type":
      return type.kind;
    case "wrapper":
      return simpleName(type.of);
    default:
      return formatType(type);
  }
}

function readKey(emitter: Emitter, operand: Value, key: string, type: CelType): Value {
  if (operand.type.kind === "map") {
    return indexMap(emitter, operand, constantValue(key, string), type);
  }
  const args = [box(emitter, operand), code`${stringLiteral(key)}`];
  return unbox(callCode(celHelper("select"), args), type, true);
}

function hasKey(emitter: Emitter, operand: Value, key: string): Value {
  if (operand.type.kind === "map") {
    return isInMap(emitter, constantValue(key, string), operand);
  }
  const args = [box(emitter, operand), code`${stringLiteral(key)}`];
  return primary(callCode(celHelper("hasField"), args), bool, plain, { fails: true });
}

function emitCall(emitter: Emitter, call: CallExpr, type: CelType): Value {
  const args = call.args.map((arg) => emit(emitter, arg));
  const [overload, ...others] = call.overloads;
  const print = overload && functions.get(overload.id);
  if (overload === undefined || print === undefined || others.length > 0) {
    return callDynamic(emitter, call.name, args, type);
  }
  return print(
    args.map((arg, i) =>
      // A list may be indexed by any number that is an integer, if it is only known at run time.
      overload.id === "index_list" && i === 1 ? arg : coerce(emitter, arg, overload.params[i]),
    ),
    type,
    emitter,
  );
}

/** Only the values will tell which overload is called. */
function callDynamic(emitter: Emitter, name: string, args: readonly Value[], type: CelType): Value {
  const codes = args.map((arg) => box(emitter, arg));
  const text = callCode(celHelper("call"), [code`${stringLiteral(name)}`, ...codes]);
  return unbox(text, type, true);
}

/** The argument in a form of the parameter's type. */
function coerce(emitter: Emitter, value: Value, param: CelType | undefined): Value {
  if (param === undefined || param.kind === "param" || param.kind === "dyn") {
    return value;
  }
  if (value.type.kind === "dyn" || (value.form.kind === "boxed" && param.kind !== "map")) {
    return param.kind === "list" || param.kind === "map"
      ? unbox(
          box(emitter, value),
          value.type.kind === "dyn" ? dynamic(param) : value.type,
          value.fails,
        )
      : unbox(box(emitter, value), param, value.fails);
  }
  if (value.form.kind === "nullable") {
    const { of } = value.form;
    const text = callCode(celHelper("notNull"), [value.code]);
    return primary(text, param, of, { fails: true });
  }
  return value.type.kind === "wrapper" ? { ...value, type: param } : value;
}

/** A list or map of which nothing more is known. */
function dynamic(param: CelType): CelType {
  switch (param.kind) {
    case "list":
      return { kind: "list", element: dynamic(param.element) };
    case "map":
      return { kind: "map", key: dynamic(param.key), value: dynamic(param.value) };
    case "param":
      return { kind: "dyn" };
    default:
      return param;
  }
}
