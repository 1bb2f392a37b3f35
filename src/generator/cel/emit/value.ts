import type { DescMessage } from "@bufbuild/protobuf";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { type Code, code, join } from "../../code.ts";
import type { CelType } from "../cel-type.ts";
import type { ConstantValue } from "../typed-expr.ts";
import type { Range } from "./range.ts";

/** A TypeScript expression, and what is known of the CEL value that it has. */
export interface Value {
  readonly code: Code;
  /** How tightly the expression binds. */
  readonly level: Level;
  readonly type: CelType;
  readonly form: Form;
  /** Whether evaluating may throw a `CelError`. */
  readonly fails: boolean;
  /** The values that an integer may have, if not all. */
  readonly range?: Range;
  /** The value, if it is known. */
  readonly constant?: ConstantValue;
}

/**
 * What a value is in JavaScript.
 *
 * - `plain`: what comes naturally: booleans, doubles as numbers, strings,
 *   Uint8Arrays, null
 * - `number`, `bigint`: an integer
 * - `time`: a timestamp or duration, `{ seconds, nanos }`
 * - `nullable`: null or undefined stand for null
 * - `boxed`: a value that knows its type (`Boxed` of the run-time helpers)
 */
export type Form =
  | { readonly kind: "plain" | "number" | "bigint" | "time" | "boxed" }
  | { readonly kind: "nullable"; readonly of: Form }
  | ListForm
  | MapForm
  | MessageForm
  | ConstantForm
  /** A `google.protobuf.Any`, of which only is known whether it is set. */
  | { readonly kind: "any" };

/** An array. */
export interface ListForm {
  readonly kind: "list";
  /** The value of an element, of which the code is given. */
  element(code: Code): Value;
  /** Lists with the same name have elements of the same form. */
  readonly name: string;
}

/** A map field: an object or a Map. */
export interface MapForm {
  readonly kind: "map";
  readonly container: "object" | "Map";
  /** The value of a key, as it is in the container. */
  key(code: Code): Value;
  /** Code for a key, as it would be in the container; undefined if it can't be there. */
  toKey(key: Value): Code;
  /** The value of a value in the container. */
  value(code: Code): Value;
  readonly name: string;
}

/** A message as the message model keeps it. Undefined stands for one that isn't set. */
export interface MessageForm {
  readonly kind: "message";
  readonly desc: DescMessage;
  /** A `google.protobuf.FieldMask` in the `plain` form is the list of its paths. */
  readonly shape: "plain" | "message";
  /** Code without side effects that may be evaluated several times, if there is such. */
  readonly path: MessagePath | undefined;
}

export interface MessagePath {
  /** A variable, or properties of one; evaluated only if the message is there. */
  readonly code: string;
  /** Conditions that must all be true for the message to be there, in their order. */
  readonly presence: readonly Presence[];
}

/** A condition and its opposite, as code. */
export interface Presence {
  readonly present: string;
  readonly absent: string;
}

/** A message that is known when the code is generated: the variable `rules`. */
export interface ConstantForm {
  readonly kind: "constant";
  readonly message: ReflectMessage;
}

/** Precedence, from what binds most tightly. */
export const Level = {
  primary: 0,
  unary: 1,
  product: 2,
  sum: 3,
  relation: 4,
  equality: 5,
  and: 6,
  or: 7,
  conditional: 8,
} as const;

export type Level = (typeof Level)[keyof typeof Level];

export const plain: Form = { kind: "plain" };
export const boxed: Form = { kind: "boxed" };

/** The value's code as an operand that binds at least as tightly as asked for. */
export function operand(value: Pick<Value, "code" | "level">, level: Level = Level.primary): Code {
  return value.level <= level ? value.code : code`(${value.code})`;
}

/** A value of code that binds most tightly. */
export function primary(
  text: Code,
  type: CelType,
  form: Form,
  more: { readonly fails?: boolean; readonly range?: Range } = {},
): Value {
  const { fails = false, range } = more;
  const value = { code: text, level: Level.primary, type, form, fails };
  return range === undefined ? value : { ...value, range };
}

/** `a op b`, of which both sides bind more tightly than the operator. */
export function binary(
  a: Value,
  operator: string,
  b: Value,
  level: Level,
  type: CelType,
  form: Form = plain,
): Value {
  const right: Level = Math.max(level - 1, 0) as Level;
  return {
    code: code`${operand(a, level)} ${operator} ${operand(b, right)}`,
    level,
    type,
    form,
    fails: a.fails || b.fails,
  };
}

/** The value with other code of the same form. */
export function withCode(value: Value, text: Code, fails: boolean): Value {
  const { constant: _, ...rest } = value;
  const form: Form =
    value.form.kind === "message" ? { ...value.form, path: undefined } : value.form;
  return { ...rest, form, code: text, level: Level.primary, fails };
}

/** A call of a helper. */
export function callCode(callee: Code, args: readonly Code[]): Code {
  return code`${callee}(${join(args, ", ")})`;
}

export function anyFails(values: readonly Value[]): boolean {
  return values.some(({ fails }) => fails);
}
