import { type Code, code } from "../../code.ts";
import { bool, type CelType } from "../cel-type.ts";
import { box } from "./box.ts";
import { constantValue } from "./constant-message.ts";
import type { Emitter } from "./emitter.ts";
import { celHelper, validateHelper } from "./helpers.ts";
import { sameForm } from "./integers.ts";
import { anyFails, binary, callCode, Level, operand, plain, primary, type Value } from "./value.ts";

/** `a == b`, or `a != b`. */
export function equality(emitter: Emitter, a: Value, b: Value, negated: boolean): Value {
  if (a.constant === null || b.constant === null) {
    return isNull(emitter, a.constant === null ? b : a, negated);
  }
  const kinds = [scalarKind(a.type), scalarKind(b.type)];
  if (kinds[0] !== undefined && kinds[0] === kinds[1] && !isBoxed(a) && !isBoxed(b)) {
    return scalarEquality(emitter, kinds[0], a, b, negated);
  }
  return boxedEquality(emitter, a, b, negated);
}

function boxedEquality(emitter: Emitter, a: Value, b: Value, negated: boolean): Value {
  const text = callCode(celHelper("equal"), [box(emitter, a), box(emitter, b)]);
  return not(primary(text, bool, plain, { fails: anyFails([a, b]) }), negated);
}

type ScalarKind = "int" | "uint" | "plain" | "bytes" | "time";

/** How values of the type are compared, if they needn't be boxed; wrappers may be null. */
function scalarKind(type: CelType): ScalarKind | undefined {
  switch (type.kind) {
    case "int":
    case "uint":
    case "bytes":
      return type.kind;
    case "bool":
    case "double":
    case "string":
      return "plain";
    case "timestamp":
    case "duration":
      return "time";
    case "wrapper":
      return scalarKind(type.of);
    default:
      return undefined;
  }
}

function scalarEquality(
  emitter: Emitter,
  kind: ScalarKind,
  a: Value,
  b: Value,
  negated: boolean,
): Value {
  const nullable = a.form.kind === "nullable" || b.form.kind === "nullable";
  switch (kind) {
    case "bytes":
      return nullable
        ? boxedEquality(emitter, a, b, negated)
        : not(called(validateHelper("equalBytes"), a, b), negated);
    case "time": {
      const text = called(validateHelper("compareTime"), a, b);
      const sign = negated ? "!==" : "===";
      return { ...text, code: code`${text.code} ${sign} 0`, level: Level.equality };
    }
    case "plain":
      return a.form.kind === "nullable" && b.form.kind === "nullable"
        ? boxedEquality(emitter, a, b, negated)
        : strict(a, b, negated);
    default: {
      const forms = [a, b].map(({ form }) => (form.kind === "nullable" ? form.of : form).kind);
      if (nullable) {
        const known = a.form.kind === "nullable" ? b : a;
        const same = forms[0] === forms[1] && known.form.kind !== "nullable";
        return same ? strict(a, b, negated) : boxedEquality(emitter, a, b, negated);
      }
      return strict(...sameForm(a, b), negated);
    }
  }
}

function strict(a: Value, b: Value, negated: boolean): Value {
  if (a.constant !== undefined && b.constant !== undefined) {
    // TypeScript minds comparing two literals that differ.
    return constantValue((a.constant === b.constant) !== negated, bool);
  }
  return binary(a, negated ? "!==" : "===", b, Level.equality, bool);
}

function isNull(emitter: Emitter, value: Value, negated: boolean): Value {
  const sign = negated ? "!==" : "===";
  const test = (text: Code): Value => ({
    code: code`${text} ${sign} null`,
    level: Level.equality,
    type: bool,
    form: plain,
    fails: value.fails,
  });
  switch (value.form.kind) {
    case "nullable":
      return test(code`(${operand(value)} ?? null)`);
    case "boxed":
      return test(operand(value));
    case "any":
      return test(code`(${operand(value)} ?? null)`);
    default: {
      // Nothing else is ever null: a message that isn't set has default values.
      const known = value.type.kind === "null" ? !negated : negated;
      return value.fails
        ? boxedEquality(emitter, value, primary(code`null`, value.type, plain), negated)
        : primary(code`${String(known)}`, bool, plain);
    }
  }
}

function called(helper: Code, a: Value, b: Value): Value {
  return primary(callCode(helper, [a.code, b.code]), bool, plain, { fails: anyFails([a, b]) });
}

/** `!value`, if it is to be negated. */
export function not(value: Value, negated = true): Value {
  if (!negated) {
    return value;
  }
  return {
    code: code`!${operand(value, Level.unary)}`,
    level: Level.unary,
    type: bool,
    form: plain,
    fails: value.fails,
  };
}

function isBoxed({ form }: Value): boolean {
  return form.kind === "boxed" || form.kind === "any";
}
