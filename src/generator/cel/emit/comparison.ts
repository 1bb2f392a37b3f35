import { code } from "../../code.ts";
import { bool } from "../cel-type.ts";
import { celHelper, validateHelper } from "./helpers.ts";
import { asNumber, sameForm } from "./integers.ts";
import { anyFails, binary, callCode, Level, operand, plain, type Value } from "./value.ts";

export type Comparison = "<" | "<=" | ">" | ">=";

/** `a < b` and its like, for two values of the types of one overload. */
export function comparison(sign: Comparison, a: Value, b: Value): Value {
  switch (a.type.kind) {
    case "int":
    case "uint":
      if (b.type.kind === "int" || b.type.kind === "uint") {
        return relation(sign, ...sameForm(a, b));
      }
      return compareDoubles(sign, a, b);
    case "double":
      return compareDoubles(sign, a, b);
    case "bool":
      return relation(sign, toNumber(a), toNumber(b));
    case "string":
      return byHelper("compareText", celHelper, sign, a, b);
    case "bytes":
      return byHelper("compareBytes", celHelper, sign, a, b);
    default:
      return byHelper("compareTime", validateHelper, sign, a, b);
  }
}

/**
 * `a < b` and its like. Never prints `> (`: with a `<` somewhere before it, in
 * a list of arguments, TypeScript would read both as a call's type arguments.
 */
function relation(sign: Comparison, a: Value, b: Value): Value {
  const [first] = operand(b, Level.sum);
  const flip = sign === ">" && typeof first === "string" && first.startsWith("(");
  return flip ? binary(b, "<", a, Level.relation, bool) : binary(a, sign, b, Level.relation, bool);
}

/** An integer is compared with a double as the double next to it. */
function compareDoubles(sign: Comparison, a: Value, b: Value): Value {
  return relation(sign, toDouble(a), toDouble(b));
}

function toDouble(value: Value): Value {
  return value.type.kind === "double" || value.form.kind === "number"
    ? value
    : { ...value, code: asNumber(value), level: Level.primary, form: plain };
}

function toNumber(value: Value): Value {
  return { ...value, code: code`globalThis.Number(${value.code})`, level: Level.primary };
}

function byHelper(
  name: string,
  from: typeof celHelper,
  sign: Comparison,
  a: Value,
  b: Value,
): Value {
  const order = callCode(from(name), [a.code, b.code]);
  return {
    code: code`${order} ${sign} 0`,
    level: Level.relation,
    type: bool,
    form: plain,
    fails: anyFails([a, b]),
  };
}
