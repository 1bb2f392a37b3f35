import { type Code, code } from "../../code.ts";
import { type CelType, int } from "../cel-type.ts";
import { celHelper } from "./helpers.ts";
import {
  combine,
  contains,
  hull,
  int64Range,
  isSafe,
  isWithin,
  only,
  type Range,
  uint64Range,
} from "./range.ts";
import { binary, callCode, type Form, Level, operand, primary, type Value } from "./value.ts";

export const numberForm: Form = { kind: "number" };
export const bigintForm: Form = { kind: "bigint" };

/** An integer whose value is known. */
export function integerConstant(value: bigint, type: CelType): Value {
  const small = isSafe(only(value));
  return {
    code: code`${small ? String(value) : `${value}n`}`,
    level: value < 0n ? Level.unary : Level.primary,
    type,
    form: small ? numberForm : bigintForm,
    fails: false,
    range: only(value),
    constant: value,
  };
}

/** The integers that a value may be. */
export function rangeOf(value: Value): Range {
  return value.range ?? (value.type.kind === "uint" ? uint64Range : int64Range);
}

/** Code for an integer as a bigint. */
export function asBigint(value: Value): Value {
  if (value.form.kind === "bigint") {
    return value;
  }
  if (typeof value.constant === "bigint") {
    return { ...value, code: code`${`${value.constant}n`}`, form: bigintForm };
  }
  return {
    ...value,
    code: code`globalThis.BigInt(${value.code})`,
    level: Level.primary,
    form: bigintForm,
  };
}

/** Two integers in the same form, a number where that is exact. */
export function sameForm(a: Value, b: Value): readonly [Value, Value] {
  return a.form.kind === b.form.kind ? [a, b] : [asBigint(a), asBigint(b)];
}

/** The code of an integer as a number; out of the exact range it is rounded. */
export function asNumber(value: Value): Code {
  return value.form.kind === "number" ? value.code : code`globalThis.Number(${value.code})`;
}

interface Operator {
  readonly sign: "+" | "-" | "*";
  readonly level: Level;
  readonly helper: string;
  readonly exact: (a: bigint, b: bigint) => bigint;
}

const operators = {
  add: { sign: "+", level: Level.sum, helper: "add", exact: (a, b) => a + b },
  subtract: { sign: "-", level: Level.sum, helper: "subtract", exact: (a, b) => a - b },
  multiply: { sign: "*", level: Level.product, helper: "multiply", exact: (a, b) => a * b },
} as const satisfies Record<string, Operator>;

/** `a + b`, `a - b` or `a * b`. */
export function arithmetic(name: keyof typeof operators, a: Value, b: Value): Value {
  const { sign, level, helper, exact } = operators[name];
  const { type } = a;
  const range = combine(rangeOf(a), rangeOf(b), exact);
  const whole = type.kind === "uint" ? uint64Range : int64Range;
  const fits = isWithin(range, whole);
  if (isSafe(range) && fits && a.form.kind === "number" && b.form.kind === "number") {
    return { ...binary(a, sign, b, level, type, numberForm), range };
  }
  const [left, right] = [asBigint(a), asBigint(b)];
  if (fits) {
    return { ...binary(left, sign, right, level, type, bigintForm), range };
  }
  return checked(`${helper}${suffix(type)}`, [left, right], type);
}

/** `a / b` or `a % b`. */
export function quotient(name: "divide" | "modulo", a: Value, b: Value): Value {
  const { type } = a;
  const range = name === "divide" ? quotientRange(a) : rangeOf(a);
  const mayBeZero = contains(rangeOf(b), 0n);
  if (a.form.kind === "number" && b.form.kind === "number") {
    if (mayBeZero) {
      const text = callCode(celHelper(`${name}Number`), [a.code, b.code]);
      return primary(text, type, numberForm, { fails: true, range });
    }
    const text = binary(a, name === "divide" ? "/" : "%", b, Level.product, type, numberForm);
    return name === "divide"
      ? { ...text, code: code`globalThis.Math.trunc(${text.code})`, level: Level.primary, range }
      : { ...text, range };
  }
  return checked(`${name}${suffix(type)}`, [asBigint(a), asBigint(b)], type);
}

function quotientRange(a: Value): Range {
  const { min, max } = rangeOf(a);
  return hull([min, max, -min, -max, 0n]);
}

/** `-a`. */
export function negate(a: Value): Value {
  const { min, max } = rangeOf(a);
  const range = hull([-min, -max]);
  if (typeof a.constant === "bigint" && isWithin(range, int64Range)) {
    return integerConstant(-a.constant, int);
  }
  if (!isWithin(range, int64Range)) {
    return checked("negateInt", [asBigint(a)], int);
  }
  return {
    code: code`-${operand(a)}`,
    level: Level.unary,
    type: int,
    form: a.form,
    fails: a.fails,
    range,
  };
}

function checked(helper: string, args: readonly Value[], type: CelType): Value {
  const text = callCode(
    celHelper(helper),
    args.map((arg) => arg.code),
  );
  return primary(text, type, bigintForm, { fails: true });
}

function suffix(type: CelType): "Int" | "Uint" {
  return type.kind === "uint" ? "Uint" : "Int";
}
