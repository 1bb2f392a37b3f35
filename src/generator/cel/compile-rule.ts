import type { DescExtension, DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { type Code, code } from "../code.ts";
import type { MessageModel } from "../message-model/message-model.ts";
import type { CelProblem } from "./cel-problem.ts";
import { formatType, timestamp } from "./cel-type.ts";
import { checkExpression } from "./check/check-expression.ts";
import { combine } from "./check/declaration.ts";
import { protovalidateLibrary } from "./check/library/protovalidate.ts";
import { standardLibrary } from "./check/library/standard.ts";
import { stringsLibrary } from "./check/library/strings.ts";
import { constantMessage, constantOf } from "./emit/constant-message.ts";
import { listForm, mapForm } from "./emit/containers.ts";
import { emitBoxed, emitExpression } from "./emit/emit-expression.ts";
import { UnsupportedError } from "./emit/emitter.ts";
import { celHelper } from "./emit/helpers.ts";
import { fromShape, timeForm } from "./emit/shapes.ts";
import { callCode, primary, type Value } from "./emit/value.ts";
import { fieldType, messageType } from "./field-type.ts";
import { registryOf } from "./rule-registry.ts";
import type { TypedExpr } from "./typed-expr.ts";

/*
 * From CEL to TypeScript, in three steps: `parse` of @bufbuild/cel gives the
 * syntax tree, the checker (check/) gives every node its type and every call
 * its overload, and the emitter (emit/) prints an expression over the form that
 * values have in the message model.
 */

/** A rule that is written in CEL, and what its variables are. */
export interface CelRuleSource {
  readonly expression: string;
  /** What `this` is. */
  readonly subject: CelRuleSubject;
  /** The variables `rules` and `rule` of a predefined rule; else they don't exist. */
  readonly predefined?: PredefinedVariables;
}

/** What `this` is: a message, or a field's value, an element, a map's key or value. */
export type CelRuleSubject =
  | { readonly kind: "message"; readonly message: DescMessage }
  | {
      readonly kind: "field";
      readonly field: DescField;
      readonly part: "whole" | "element" | "key" | "value";
    };

/** What is known about `rules` and `rule` when a schema is compiled: everything. */
export interface PredefinedVariables {
  /** The extension or field of the rule message that is set; `rule` is its value. */
  readonly extension: DescExtension | DescField;
  /** The extension's value, as `getExtension` gives it. */
  readonly rule: unknown;
  /** The message that the extension is set in: the variable `rules`. */
  readonly rules: Message;
  readonly desc: DescMessage;
}

/** The generated code around a rule. */
export interface CelRuleContext {
  readonly model: MessageModel;
  /**
   * A local variable with the value of `this`, in the form that the model gives
   * it. It holds a value: the caller sees to it that the rule is only evaluated
   * if the field is set, or that `self` has the default value.
   */
  readonly self: string;
  /** Code for the present, an object `{ seconds: bigint, nanos: number }`. */
  readonly now: Code | string;
}

/** A rule as a TypeScript expression. */
export interface CompiledRule {
  readonly kind: "rule";
  /** An expression that refers to `self` and `now`, and to nothing else in scope. */
  readonly code: Code;
  /**
   * `bool`: the rule is broken if it is false. `string`: the rule is broken
   * unless it is empty; it is the message. `either`: one or the other, which
   * only evaluating tells.
   */
  readonly result: "bool" | "string" | "either";
  /**
   * Whether evaluating may fail: it then throws a `CelError` (of `botwire/cel`),
   * for example for a division by zero. That isn't a violation of the rule.
   */
  readonly canFail: boolean;
}

/** Why a rule can't be compiled. */
export interface CelProblems {
  readonly kind: "problems";
  readonly problems: readonly CelProblem[];
}

/** The functions that a rule may call. */
const library = combine(standardLibrary, stringsLibrary, protovalidateLibrary);

/** Compiles a rule, or says what is wrong with it. */
export function compileRule(
  source: CelRuleSource,
  context: CelRuleContext,
): CompiledRule | CelProblems {
  const self = subjectValue(source.subject, context);
  const now = primary(code`${context.now}`, timestamp, timeForm);
  const variables = new Map([["this", self], ["now", now], ...predefinedValues(source.predefined)]);
  const types = Array.from(variables, ([name, { type }]) => [name, type] as const);
  const checked = checkExpression(source.expression, {
    library,
    variables: new Map(types),
    registry: registryOf(source),
    container: "",
    extraMacros: new Set(),
  });
  return checked.kind === "problems" ? checked : print(checked.expr, context.model, variables);
}

function print(
  expr: TypedExpr,
  model: MessageModel,
  variables: ReadonlyMap<string, Value>,
): CompiledRule | CelProblems {
  const { offset, type } = expr;
  // A wrapper may be null, which is no outcome.
  const { kind } = type.kind === "wrapper" ? type.of : type;
  if (kind !== "bool" && kind !== "string" && kind !== "dyn") {
    const message = `a rule gives a bool or a string, not a value of type ${formatType(type)}`;
    return { kind: "problems", problems: [{ offset, message }] };
  }
  return unlessUnsupported(expr, () => {
    if (type.kind === "bool" || type.kind === "string") {
      const { code, fails } = emitExpression(expr, model, variables);
      return { kind: "rule", code, result: type.kind, canFail: fails };
    }
    const boxed = emitBoxed(expr, model, variables);
    const code = callCode(celHelper("asOutcome"), [boxed]);
    return { kind: "rule", code, result: "either", canFail: true };
  });
}

/** Prints an expression, unless a part of it can't be compiled. */
function unlessUnsupported(expr: TypedExpr, print: () => CompiledRule): CompiledRule | CelProblems {
  try {
    return print();
  } catch (error) {
    if (error instanceof UnsupportedError) {
      const { message, offset } = error;
      return { kind: "problems", problems: [{ message, offset: offset ?? expr.offset }] };
    }
    throw error;
  }
}

function subjectValue(subject: CelRuleSubject, { model, self }: CelRuleContext): Value {
  const text = code`${self}`;
  if (subject.kind === "message") {
    return messageValue(subject.message, self);
  }
  const { field, part } = subject;
  const shape = model.shape(field);
  if (field.fieldKind === "list" && part === "whole") {
    return primary(text, fieldType(field), listForm(shape));
  }
  if (field.fieldKind === "map" && part === "whole") {
    return primary(text, fieldType(field), mapForm(field, model.mapForm(field), shape));
  }
  if (field.fieldKind === "map" && part === "key") {
    return mapForm(field, model.mapForm(field), shape).key(text);
  }
  return fromShape(shape, text);
}

function messageValue(desc: DescMessage, self: string): Value {
  const path = { code: self, presence: [] };
  return primary(code`${self}`, messageType(desc), {
    kind: "message",
    desc,
    shape: "message",
    path,
  });
}

function predefinedValues(
  predefined: PredefinedVariables | undefined,
): readonly (readonly [string, Value])[] {
  if (predefined === undefined) {
    return [];
  }
  const { extension, rule, rules, desc } = predefined;
  return [
    ["rules", constantMessage(reflect(desc, rules))],
    ["rule", constantOf(extension, rule)],
  ];
}
