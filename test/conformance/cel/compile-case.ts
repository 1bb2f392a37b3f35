import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { type CelType, dyn, formatType } from "../../../src/generator/cel/cel-type.ts";
import {
  type CheckResult,
  checkExpression,
} from "../../../src/generator/cel/check/check-expression.ts";
import { combine } from "../../../src/generator/cel/check/declaration.ts";
import { mathLibrary } from "../../../src/generator/cel/check/library/math.ts";
import { standardLibrary } from "../../../src/generator/cel/check/library/standard.ts";
import { stringsLibrary } from "../../../src/generator/cel/check/library/strings.ts";
import { emitBoxed } from "../../../src/generator/cel/emit/emit-expression.ts";
import { UnsupportedError } from "../../../src/generator/cel/emit/emitter.ts";
import { fromShape } from "../../../src/generator/cel/emit/shapes.ts";
import { unbox } from "../../../src/generator/cel/emit/unbox.ts";
import type { Value } from "../../../src/generator/cel/emit/value.ts";
import { type Code, code } from "../../../src/generator/code.ts";
import type { MessageModel } from "../../../src/generator/message-model/message-model.ts";
import { type SpecCase, specRegistry } from "./spec-case.ts";
import { specType } from "./spec-type.ts";
import { specValue } from "./spec-value.ts";

/** What became of a test's expression. */
export type CompiledCase =
  | {
      readonly kind: "compiled";
      readonly type: CelType;
      /** An expression over `b`, an object with the variables; it gives a boxed value. */
      readonly code: Code;
      readonly bindings: Readonly<Record<string, unknown>>;
    }
  /** It isn't a valid expression. */
  | { readonly kind: "invalid"; readonly message: string }
  /** It isn't supported. */
  | { readonly kind: "unsupported"; readonly message: string };

const library = combine(standardLibrary, stringsLibrary, mathLibrary);

/** The variables of a test: how they are read, and what they are. */
interface CaseVariables {
  readonly kind: "variables";
  readonly variables: ReadonlyMap<string, Value>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Gives the expression of a test its type. */
export function checkCase(spec: SpecCase): CheckResult | (CompiledCase & { kind: "unsupported" }) {
  const found = variablesOf(spec);
  return found.kind === "variables" ? check(spec, found) : found;
}

/** Compiles the expression of a test. Every value that it names is a variable. */
export function compileCase(spec: SpecCase, model: MessageModel): CompiledCase {
  const found = variablesOf(spec);
  if (found.kind !== "variables") {
    return found;
  }
  const checked = check(spec, found);
  if (checked.kind === "problems") {
    return { kind: "invalid", message: checked.problems[0]?.message ?? "" };
  }
  try {
    const text = emitBoxed(checked.expr, model, found.variables);
    return { kind: "compiled", type: checked.expr.type, code: text, bindings: found.values };
  } catch (error) {
    if (error instanceof UnsupportedError) {
      return { kind: "unsupported", message: error.message };
    }
    throw new Error(`compiling ${spec.test.original.expr}`, { cause: error });
  }
}

function check({ test }: SpecCase, { variables }: CaseVariables): CheckResult {
  return checkExpression(test.original.expr, {
    library,
    variables: new Map(Array.from(variables, ([name, { type }]) => [name, type])),
    registry: specRegistry,
    container: test.original.container,
    extraMacros: new Set(["bind", "twoVariables"]),
  });
}

function variablesOf({ test }: SpecCase): CaseVariables | (CompiledCase & { kind: "unsupported" }) {
  const { typeEnv, bindings } = test.original;
  const values: Record<string, unknown> = {};
  const variables = new Map<string, Value>();
  for (const { name, declKind } of typeEnv) {
    if (declKind.case !== "ident") {
      return { kind: "unsupported", message: "functions that the test declares" };
    }
    const type = specType(declKind.value.type);
    if (type === undefined) {
      return { kind: "unsupported", message: "a type that rules don't have" };
    }
    variables.set(name, variable(name, type));
  }
  for (const [name, { kind }] of Object.entries(bindings)) {
    const value = kind.case === "value" ? kind.value : undefined;
    const known = variables.get(name) ?? variable(name, dyn);
    variables.set(name, known);
    values[name] =
      known.type.kind === "message" && value?.kind.case === "objectValue"
        ? anyUnpack(value.kind.value, specRegistry)
        : specValue(value);
    if (values[name] === undefined) {
      return { kind: "unsupported", message: "a value that rules don't have" };
    }
  }
  return { kind: "variables", variables, values };
}

function variable(name: string, type: CelType): Value {
  const text = `b[${JSON.stringify(name)}]`;
  return type.kind === "message"
    ? fromShape({ kind: "message", message: type.desc }, code`${text}`)
    : unbox(code`${text}`, type, false, true);
}

/** The type as cel-go writes it. */
export function goType(type: CelType): string {
  return formatType(type)
    .replace("google.protobuf.Timestamp", "timestamp")
    .replace("google.protobuf.Duration", "duration")
    .replaceAll("type(dyn)", "type");
}
