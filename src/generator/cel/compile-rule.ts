import type { DescExtension, DescField, DescMessage, Message } from "@bufbuild/protobuf";
import type { Code } from "../code.ts";
import type { MessageModel } from "../message-model/message-model.ts";

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
  /** The extension of the rule message that is set; `rule` is its value. */
  readonly extension: DescExtension;
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
  readonly now: string;
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

/** Something wrong in an expression: a mistake, or what can't be compiled. */
export interface CelProblem {
  /** What is wrong and, where it isn't plain, how to mend it. */
  readonly message: string;
  /** Where in the expression, in UTF-16 units from its beginning. */
  readonly offset: number;
}

/** Compiles a rule, or says what is wrong with it. */
export type CompileRule = (
  source: CelRuleSource,
  context: CelRuleContext,
) => CompiledRule | CelProblems;
