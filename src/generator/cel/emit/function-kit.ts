import { code } from "../../code.ts";
import type { CelType } from "../cel-type.ts";
import type { Emitter } from "./emitter.ts";
import { celHelper, validateHelper } from "./helpers.ts";
import { asBigint, asNumber, bigintForm, numberForm } from "./integers.ts";
import type { Range } from "./range.ts";
import { timeForm } from "./shapes.ts";
import { anyFails, callCode, type Form, operand, plain, primary, type Value } from "./value.ts";

/** Prints a call of an overload, whose arguments have the types of its parameters. */
export type FunctionPrinter = (args: readonly Value[], type: CelType, emitter: Emitter) => Value;

interface HelperOptions {
  /** The helper may throw by itself, not only its arguments. */
  readonly fails?: boolean;
  /** The values that it gives, if it gives an integer as a number. */
  readonly range?: Range;
  /** How integers are passed; with `either` the helper takes both. */
  readonly integers?: "bigint" | "number" | "either";
  readonly from?: "cel" | "validate";
}

/** A call of a helper with all arguments. */
export function helperCall(name: string, options: HelperOptions = {}): FunctionPrinter {
  const { fails = false, range, integers = "bigint", from = "cel" } = options;
  const callee = from === "cel" ? celHelper(name) : validateHelper(name);
  return (args, type) => {
    const codes = args.map((arg) => {
      if (arg.type.kind !== "int" && arg.type.kind !== "uint") {
        return arg.code;
      }
      if (integers === "either") {
        return arg.code;
      }
      return integers === "bigint" ? asBigint(arg).code : asNumber(arg);
    });
    const form = range === undefined ? formOf(type) : numberForm;
    const more = { fails: fails || anyFails(args) };
    return primary(callCode(callee, codes), type, form, range ? { ...more, range } : more);
  };
}

/** A call of a method that JavaScript has as well. */
export function methodCall(name: string): FunctionPrinter {
  return ([target, ...args], type) => {
    const codes = args.map((arg) => arg.code);
    const text = target === undefined ? [] : callCode(code`${operand(target)}.${name}`, codes);
    return primary(text, type, formOf(type), { fails: anyFails(args) || target?.fails === true });
  };
}

/** The argument itself. */
export const identity: FunctionPrinter = ([value], type) => {
  if (value === undefined) {
    throw new Error("a conversion has no argument");
  }
  return { ...value, type };
};

/** The form in which helpers give values of a type. */
function formOf(type: CelType): Form {
  switch (type.kind) {
    case "int":
    case "uint":
      return bigintForm;
    case "timestamp":
    case "duration":
      return timeForm;
    default:
      return plain;
  }
}
