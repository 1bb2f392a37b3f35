import { code } from "../../code.ts";
import { bool, int } from "../cel-type.ts";
import type { TypedExpr } from "../typed-expr.ts";
import type { Comparison } from "./comparison.ts";
import { celHelper, validateHelper } from "./helpers.ts";
import { numberForm } from "./integers.ts";
import { sizeRange } from "./range.ts";
import { callCode, operand, plain, primary, type Value } from "./value.ts";

/** `size(value)`. */
export function size(value: Value): Value {
  const { fails } = value;
  const sized = (text: ReturnType<typeof code>) =>
    primary(text, int, numberForm, { fails, range: sizeRange });
  if (value.type.kind === "string") {
    return sized(callCode(celHelper("countCodePoints"), [value.code]));
  }
  if (value.form.kind === "map") {
    return value.form.container === "Map"
      ? sized(code`${operand(value)}.size`)
      : sized(callCode(validateHelper("countEntries"), [value.code]));
  }
  return value.form.kind === "boxed"
    ? sized(code`${operand(value)}.entries.size`)
    : sized(code`${operand(value)}.length`);
}

/**
 * `size(text) <= 5` and its like, which seldom needs to count. Undefined for
 * anything else.
 */
export function sizeBound(
  sign: Comparison | "===" | "!==",
  a: TypedExpr,
  limit: Value,
  emit: (expr: TypedExpr) => Value,
): Value | undefined {
  if (a.kind !== "call" || a.overloads.length !== 1 || a.overloads[0]?.id !== "size_string") {
    return undefined;
  }
  const [text] = a.args;
  const bound = typeof limit.constant === "bigint" ? limit.constant : undefined;
  if (text?.type.kind !== "string" || bound === undefined || bound < 1n || bound > 2n ** 31n) {
    return undefined;
  }
  const value = emit(text);
  const test = (helper: string, length: bigint, negated = false) =>
    primary(
      code`${negated ? "!" : ""}${validateHelper(helper)}(${value.code}, ${String(length)})`,
      bool,
      plain,
      { fails: value.fails },
    );
  switch (sign) {
    case "<=":
      return test("hasMaxLength", bound);
    case "<":
      return test("hasMaxLength", bound - 1n);
    case ">=":
      return test("hasMinLength", bound);
    case ">":
      return test("hasMinLength", bound + 1n);
    default:
      return test("hasLength", bound, sign === "!==");
  }
}
