import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { type CelType, dyn, formatType } from "../../../src/generator/cel/cel-type.ts";
import { checkExpression } from "../../../src/generator/cel/check/check-expression.ts";
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

/** Compiles the expression of a test. Every value that it names is a variable. */
export function compileCase({ test }: SpecCase, model: MessageModel): CompiledCase {
  const { expr, container, typeEnv, bindings } = test.original;
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
    const type = variables.get(name)?.type ?? dyn;
    variables.set(name, variables.get(name) ?? variable(name, type));
    const isObject = value?.kind.case === "objectValue" && type.kind === "message";
    values[name] =
      isObject && value.kind.case === "objectValue"
        ? anyUnpack(value.kind.value, specRegistry)
        : specValue(value);
    if (values[name] === undefined) {
      return { kind: "unsupported", message: "a value that rules don't have" };
    }
  }
  const checked = checkExpression(expr, {
    library,
    variables: new Map(Array.from(variables, ([name, { type }]) => [name, type])),
    registry: specRegistry,
    container,
    extraMacros: new Set(["bind", "twoVariables"]),
  });
  if (checked.kind === "problems") {
    return { kind: "invalid", message: checked.problems[0]?.message ?? "" };
  }
  try {
    const text = emitBoxed(checked.expr, model, variables);
    return { kind: "compiled", type: checked.expr.type, code: text, bindings: values };
  } catch (error) {
    if (error instanceof UnsupportedError) {
      return { kind: "unsupported", message: error.message };
    }
    throw new Error(`compiling ${expr}`, { cause: error });
  }
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
