import { type Code, code, type ModuleConstant, stringLiteral } from "../../code.ts";
import type { Constant, Time } from "../../model/rules/test.ts";

/** A value as a literal; bytes are a list of numbers. */
export function literal(value: Constant): string {
  if (typeof value === "object") {
    return `[${value.join(", ")}]`;
  }
  switch (typeof value) {
    case "string":
      return stringLiteral(value);
    case "bigint":
      return `${value}n`;
    default:
      return String(value);
  }
}

/** A value as an expression; bytes become a constant of the module. */
export function operand(value: Constant): Code {
  return value instanceof Uint8Array
    ? code`${constant("bytes", code`${literal(value)}`)}`
    : code`${literal(value)}`;
}

/** Several values as a list that is made once. */
export function list(hint: string, values: readonly Constant[]): Code {
  return code`${constant(hint, code`[${values.map(literal).join(", ")}]`)}`;
}

/** Several values as a set that is made once. */
export function set(hint: string, values: readonly (number | bigint | boolean | string)[]): Code {
  const type = typeof values[0];
  return code`${constant(hint, code`new globalThis.Set<${type}>([${values.map(literal).join(", ")}])`)}`;
}

/** A timestamp or duration that is made once. */
export function time(value: Time): Code {
  return code`${constant("time", code`${timeLiteral(value)}`)}`;
}

/** Several timestamps or durations as a list that is made once. */
export function times(values: readonly Time[]): Code {
  return code`${constant("times", code`[${values.map(timeLiteral).join(", ")}]`)}`;
}

/** A value that the module makes once. */
export function constant(hint: string, value: Code): ModuleConstant {
  return { kind: "constant", hint, value };
}

function timeLiteral({ seconds, nanos }: Time): string {
  return `{ seconds: ${seconds}n, nanos: ${nanos} }`;
}
