import { code } from "../../code.ts";
import type { CelType } from "../cel-type.ts";
import { box } from "./box.ts";
import { indexList, indexMap, isInList, isInMap } from "./collections.ts";
import { type Comparison, comparison } from "./comparison.ts";
import type { Emitter } from "./emitter.ts";
import { equality, not } from "./equality.ts";
import { type FunctionPrinter, helperCall } from "./function-kit.ts";
import { celHelper } from "./helpers.ts";
import { arithmetic, negate, quotient } from "./integers.ts";
import { logic } from "./logic.ts";
import { unify } from "./unify.ts";
import { anyFails, binary, callCode, Level, operand, plain, primary, type Value } from "./value.ts";

type BinaryPrinter = (a: Value, b: Value, type: CelType, emitter: Emitter) => Value;

/** The operators, by the ids of their overloads. */
export const operatorFunctions: Readonly<Record<string, FunctionPrinter>> = {
  conditional: ([condition, yes, no], type, emitter) => {
    if (condition === undefined || yes === undefined || no === undefined) {
      throw new Error("a conditional has three operands");
    }
    if (typeof condition.constant === "boolean") {
      return condition.constant ? yes : no;
    }
    const { codes, value } = unify(emitter, [yes, no], type);
    const [a, b] = codes.map((branch) => operand(branch, Level.or));
    return {
      ...value([]),
      code: code`${operand(condition, Level.or)} ? ${a ?? []} : ${b ?? []}`,
      level: Level.conditional,
      fails: anyFails([condition, yes, no]),
    };
  },
  logical_and: two((a, b) => logic("and", a, b)),
  logical_or: two((a, b) => logic("or", a, b)),
  logical_not: ([a]) => {
    if (typeof a?.constant === "boolean") {
      return { ...a, code: code`${String(!a.constant)}`, constant: !a.constant };
    }
    return a === undefined ? missing() : not(a);
  },
  equals: two((a, b, _, emitter) => equality(emitter, a, b, false)),
  not_equals: two((a, b, _, emitter) => equality(emitter, a, b, true)),
  ...comparisons("<", "less"),
  ...comparisons("<=", "less_equals"),
  ...comparisons(">", "greater"),
  ...comparisons(">=", "greater_equals"),
  add_int64: two((a, b) => arithmetic("add", a, b)),
  add_uint64: two((a, b) => arithmetic("add", a, b)),
  add_double: doubles("+", Level.sum),
  add_string: two((a, b, type) => binary(a, "+", b, Level.sum, type)),
  add_bytes: helperCall("concatBytes"),
  add_list: two((a, b, type, emitter) => {
    const { codes, value } = unify(emitter, [a, b], type);
    const lists = codes.map((list) => code`...${operand(list, Level.or)}`);
    return { ...value(code`[${lists[0] ?? []}, ${lists[1] ?? []}]`), fails: anyFails([a, b]) };
  }),
  subtract_int64: two((a, b) => arithmetic("subtract", a, b)),
  subtract_uint64: two((a, b) => arithmetic("subtract", a, b)),
  subtract_double: doubles("-", Level.sum),
  multiply_int64: two((a, b) => arithmetic("multiply", a, b)),
  multiply_uint64: two((a, b) => arithmetic("multiply", a, b)),
  multiply_double: doubles("*", Level.product),
  divide_int64: two((a, b) => quotient("divide", a, b)),
  divide_uint64: two((a, b) => quotient("divide", a, b)),
  divide_double: doubles("/", Level.product),
  modulo_int64: two((a, b) => quotient("modulo", a, b)),
  modulo_uint64: two((a, b) => quotient("modulo", a, b)),
  negate_int64: ([a]) => (a === undefined ? missing() : negate(a)),
  negate_double: ([a], type) =>
    a === undefined
      ? missing()
      : { code: code`-${operand(a)}`, level: Level.unary, type, form: plain, fails: a.fails },
  index_list: two((list, index, type, emitter) => indexList(emitter, list, index, type)),
  index_map: two((map, key, type, emitter) => indexMap(emitter, map, key, type)),
  in_list: two((value, list, _, emitter) => isInList(emitter, value, list)),
  in_map: two((key, map, _, emitter) => isInMap(emitter, key, map)),
  type: ([value], type, emitter) =>
    value === undefined
      ? missing()
      : primary(
          callCode(celHelper("typeOf"), [box(emitter, value)]),
          type,
          { kind: "boxed" },
          {
            fails: value.fails,
          },
        ),
  to_dyn: ([value], type, emitter) =>
    value === undefined
      ? missing()
      : primary(box(emitter, value), type, { kind: "boxed" }, { fails: value.fails }),
};

function two(print: BinaryPrinter): FunctionPrinter {
  return ([a, b], ...rest) =>
    a === undefined || b === undefined ? missing() : print(a, b, ...rest);
}

function doubles(sign: string, level: Level): FunctionPrinter {
  return two((a, b, type) => binary(a, sign, b, level, type));
}

function comparisons(sign: Comparison, id: string): Record<string, FunctionPrinter> {
  const print = two((a, b) => comparison(sign, a, b));
  const types = [
    ...["bool", "string", "bytes", "timestamp", "duration"],
    ...["int64", "int64_double", "int64_uint64"],
    ...["uint64", "uint64_double", "uint64_int64"],
    ...["double", "double_int64", "double_uint64"],
  ];
  return Object.fromEntries(types.map((type) => [`${id}_${type}`, print]));
}

function missing(): never {
  throw new Error("an operand is missing");
}
