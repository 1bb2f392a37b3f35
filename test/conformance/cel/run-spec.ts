import {
  type MessageModelName,
  messageModels,
} from "../../../src/generator/message-model/create-message-model.ts";
import type { Boxed } from "../../../src/runtime/validate/cel/boxed.ts";
import { type CompiledCase, compileCase, goType } from "./compile-case.ts";
import { type Evaluate, evaluators } from "./evaluate.ts";
import { reasonFor } from "./left-out.ts";
import { type SpecCase, specCases } from "./spec-case.ts";
import { specType } from "./spec-type.ts";
import { isSame, specValue } from "./spec-value.ts";

/** A test of the suite, and how it ended. */
export interface SpecOutcome {
  readonly spec: SpecCase;
  readonly outcome: Outcome;
}

export type Outcome =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "left"; readonly reason: string };

/** Compiles tests of CEL's conformance suite over a message model, and compares their values. */
export async function runSpec(
  modelName: MessageModelName,
  isWanted: (spec: SpecCase) => boolean = () => true,
): Promise<SpecOutcome[]> {
  const model = messageModels[modelName]({ types: () => "" });
  const cases = specCases()
    .filter(isWanted)
    .map((spec) => ({ spec, compiled: compileCase(spec, model) }));
  const functions = await evaluators(
    cases.flatMap(({ compiled }) => (compiled.kind === "compiled" ? [compiled.code] : [])),
  );
  let next = 0;
  return cases.map(({ spec, compiled }) => {
    const evaluate = compiled.kind === "compiled" ? functions[next++] : undefined;
    return { spec, outcome: outcomeOf(spec, compiled, evaluate) };
  });
}

function outcomeOf(
  spec: SpecCase,
  compiled: CompiledCase,
  evaluate: Evaluate | undefined,
): Outcome {
  const { resultMatcher } = spec.test.original;
  if (compiled.kind === "invalid" && resultMatcher.case === "evalError") {
    // Found early, a mistake is a mistake.
    return { kind: "passed" };
  }
  const message =
    compiled.kind === "compiled"
      ? evaluate && difference(spec, compiled, evaluate)
      : compiled.message;
  if (message === undefined) {
    return { kind: "passed" };
  }
  const reason =
    compiled.kind === "compiled" && !spec.name.startsWith("enums/strong_")
      ? undefined
      : reasonFor(spec, message);
  return reason === undefined ? { kind: "failed", message } : { kind: "left", reason };
}

/** How the value is not what the suite asks for; undefined if it is. */
function difference(
  { test }: SpecCase,
  compiled: CompiledCase & { readonly kind: "compiled" },
  evaluate: Evaluate,
): string | undefined {
  const { resultMatcher, checkOnly } = test.original;
  const wantsError = resultMatcher.case === "evalError";
  const wanted = resultMatcher.case === "typedResult" ? resultMatcher.value : undefined;
  const type = wanted?.deducedType && specType(wanted.deducedType);
  if (type !== undefined && goType(type) !== goType(compiled.type)) {
    return `is of type ${goType(compiled.type)}, not ${goType(type)}`;
  }
  if (checkOnly) {
    return undefined;
  }
  const result = run(evaluate, compiled.bindings);
  if (result.kind === "error" || wantsError) {
    return result.kind === "error" && wantsError && isCelError(result.error)
      ? undefined
      : `gives ${show(result)}`;
  }
  const value = expectedValue(test);
  return value !== undefined && isSame(result.value, value)
    ? undefined
    : `gives ${show(result)}, not ${value === undefined ? "an enum" : show({ kind: "value", value })}`;
}

type Result =
  | { readonly kind: "value"; readonly value: Boxed }
  | { readonly kind: "error"; readonly error: unknown };

function run(evaluate: Evaluate, bindings: Readonly<Record<string, unknown>>): Result {
  try {
    return { kind: "value", value: evaluate(bindings) };
  } catch (error) {
    return { kind: "error", error };
  }
}

/** The bundle of the compiled expressions has a class of its own. */
function isCelError(error: unknown): boolean {
  return error instanceof Error && error.name === "CelError";
}

function expectedValue({ original }: SpecCase["test"]): Boxed | undefined {
  switch (original.resultMatcher.case) {
    case "value":
      return specValue(original.resultMatcher.value);
    case "typedResult":
      return specValue(original.resultMatcher.value.result);
    case undefined:
      return true;
    default:
      return undefined;
  }
}

function show(result: Result): string {
  return result.kind === "error"
    ? String(result.error)
    : (JSON.stringify(result.value, showInner) ?? "undefined");
}

function showInner(key: string, value: unknown): unknown {
  if (key === "fields") {
    return undefined;
  }
  return typeof value === "bigint" ? `${value}n` : value instanceof Map ? [...value] : value;
}
