import { code, join } from "../../code.ts";
import { box } from "./box.ts";
import { type FunctionPrinter, helperCall } from "./function-kit.ts";
import { celHelper } from "./helpers.ts";
import { asBigint, bigintForm } from "./integers.ts";
import { unbox } from "./unbox.ts";
import { anyFails, callCode, plain, primary, type Value } from "./value.ts";

/** The math extension. */
export const mathFunctions: Readonly<Record<string, FunctionPrinter>> = {
  ...extreme("max", "greatest"),
  ...extreme("min", "least"),
  ...Object.fromEntries(
    ["ceil", "floor", "trunc"].map((name) => [`math_${name}_double`, ofMath(name)]),
  ),
  math_round_double: helperCall("round"),
  math_isInf_double: helperCall("isInf"),
  math_isNaN_double: ofNumber("isNaN"),
  math_isFinite_double: ofNumber("isFinite"),
  ...boxedForEach("abs", true),
  ...boxedForEach("sign", false),
  ...Object.fromEntries(
    ["int", "uint", "double"].map((type) => [
      `math_sqrt_${type}`,
      ((args, type, emitter) =>
        primary(
          callCode(
            celHelper("sqrt"),
            args.map((arg) => box(emitter, arg)),
          ),
          type,
          plain,
          { fails: anyFails(args) },
        )) satisfies FunctionPrinter,
    ]),
  ),
  ...bits("bitAnd", "&"),
  ...bits("bitOr", "|"),
  ...bits("bitXor", "^"),
  math_bitNot_int: integers(([a]) => code`~${a?.code ?? []}`),
  math_bitNot_uint: integers(([a]) => code`globalThis.BigInt.asUintN(64, ~${a?.code ?? []})`),
  math_bitShiftLeft_int_int: helperCall("shiftLeftInt", { fails: true }),
  math_bitShiftLeft_uint_int: helperCall("shiftLeftUint", { fails: true }),
  math_bitShiftRight_int_int: helperCall("shiftRightInt", { fails: true }),
  math_bitShiftRight_uint_int: helperCall("shiftRightUint", { fails: true }),
};

/** `greatest` and `least`, of one number, of two, or of a list. */
function extreme(id: string, helper: string): Record<string, FunctionPrinter> {
  const types = ["int", "uint", "double"];
  const print: FunctionPrinter = (args, type, emitter) => {
    const [first] = args;
    const codes = args.map((arg) => box(emitter, arg));
    const list = first?.type.kind === "list" ? (codes[0] ?? []) : code`[${join(codes, ", ")}]`;
    return unbox(callCode(celHelper(helper), [list]), type, true, true);
  };
  return Object.fromEntries([
    ...types.map((type) => [`math_${id}_${type}`, print]),
    ...types.map((type) => [`math_${id}_list_${type}`, print]),
    ...types.flatMap((a) => types.map((b) => [`math_${id}_${a}_${b}`, print])),
  ]);
}

function boxedForEach(name: string, fails: boolean): Record<string, FunctionPrinter> {
  const print: FunctionPrinter = (args, type, emitter) => {
    const codes = args.map((arg) => box(emitter, arg));
    return unbox(callCode(celHelper(name), codes), type, fails || anyFails(args), true);
  };
  return Object.fromEntries(
    ["int", "uint", "double"].map((type) => [`math_${name}_${type}`, print]),
  );
}

function bits(name: string, sign: string): Record<string, FunctionPrinter> {
  const print = integers(([a, b]) => code`(${a?.code ?? []} ${sign} ${b?.code ?? []})`);
  return { [`math_${name}_int_int`]: print, [`math_${name}_uint_uint`]: print };
}

function integers(print: (args: readonly Value[]) => ReturnType<typeof code>): FunctionPrinter {
  return (args, type) => {
    const operands = args.map((arg) => {
      const value = asBigint(arg);
      return value.level === 0 ? value : { ...value, code: code`(${value.code})` };
    });
    return primary(print(operands), type, bigintForm, { fails: anyFails(args) });
  };
}

function ofMath(name: string): FunctionPrinter {
  return ([value], type) =>
    primary(code`globalThis.Math.${name}(${value?.code ?? []})`, type, plain, {
      fails: value?.fails === true,
    });
}

function ofNumber(name: string): FunctionPrinter {
  return ([value], type) =>
    primary(code`globalThis.Number.${name}(${value?.code ?? []})`, type, plain, {
      fails: value?.fails === true,
    });
}
