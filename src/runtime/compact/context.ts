import type { AnyTypes } from "../codec/any-type.ts";
import { CodecError } from "../codec/codec-error.ts";
import { describe, entryStep, memberStep, type Problem, pathOf } from "../codec/problem.ts";
import type { ReadResult } from "../codec/read-json.ts";
import { defaultMaxDepth, defaultMaxProblems } from "../codec/read-options.ts";

// What is going on: which value is read or written, and what was wrong so far.
// To hand it from function to function would take more code.

/** The options of every operation. */
export interface Options {
  readonly unknownFields?: "refuse" | "ignore";
  readonly maxDepth?: number;
  readonly maxProblems?: number;
  readonly anyTypes?: AnyTypes;
  readonly naming?: "json" | "proto";
  readonly alwaysEmitImplicit?: boolean;
}

/** A step to a value: the index of an element, the name of a member, or the key of an entry. */
type Step = number | string | readonly [key: string];

/** The options of the operation. */
export let options: Options = {};
/** The way to the value that is read or written. */
export let steps: Step[] = [];
/** How many more messages may be opened. */
export let levels = 0;
/** How many keys the objects had that were read. */
export let keyCount = 0;
let problems: Problem[] = [];

/** Thrown to end an operation that has problems. Nobody sees it, so that it needs no stack. */
const stop: unknown = Symbol("problems");

/** Runs an operation. */
export function attempt<T>(given: Options, run: () => T | undefined): ReadResult<T> {
  // Getters of a message, and types of an Any, may run other operations.
  const outerOptions = options;
  const outerSteps = steps;
  const outerLevels = levels;
  const outerKeyCount = keyCount;
  const outerProblems = problems;
  const found: Problem[] = [];
  options = given;
  steps = [];
  levels = given.maxDepth ?? defaultMaxDepth;
  keyCount = 0;
  problems = found;
  try {
    const message = run();
    if (found.length === 0) {
      return { ok: true, message: message as T };
    }
  } catch (error) {
    if (error !== stop) {
      throw error;
    }
  } finally {
    options = outerOptions;
    steps = outerSteps;
    levels = outerLevels;
    keyCount = outerKeyCount;
    problems = outerProblems;
  }
  return { ok: false, problems: found };
}

/** The message of a result. Throws a {@link CodecError} if there is none. */
export function unwrap<T>(
  verb: string,
  { typeName }: { readonly typeName: string },
  rest: string,
  result: ReadResult<T>,
): T {
  if (result.ok) {
    return result.message;
  }
  throw new CodecError(`cannot ${verb} ${typeName} ${rest}`, result.problems);
}

/** Notes a problem of the value. */
export function problem(message: string): undefined {
  const path = steps.map((step) =>
    typeof step === "string"
      ? memberStep(step)
      : typeof step === "number"
        ? `[${step}]`
        : entryStep(step[0]),
  );
  problems.push({ path: pathOf(path.join("")), message });
  if (problems.length >= (options.maxProblems ?? defaultMaxProblems)) {
    throw stop;
  }
}

/** Notes a problem of the value, and ends the operation. */
export function fail(message: string): never {
  problem(message);
  throw stop;
}

/** Notes that the value should have been something else. */
export function expected(type: string, value: unknown): undefined {
  const isBroken = typeof value === "string" && !value.isWellFormed();
  problem(`expected ${type}, got ${isBroken ? "one with an unpaired surrogate" : describe(value)}`);
}

/** Whether a value is an object, or an array. If not, that is a problem. */
export function isA(type: "object", value: unknown): value is Readonly<Record<string, unknown>>;
export function isA(type: "array", value: unknown): value is readonly unknown[];
export function isA(type: string, value: unknown): boolean {
  return describe(value) === type || expected(type, value) !== undefined;
}

/** The keys of an object that is read: once, so that they can be counted. */
export function keysOf(json: object): string[] {
  const keys = Object.keys(json);
  keyCount += keys.length;
  return keys;
}

/** Begins a message. Ends the operation if too many are open. */
export function enter(): void {
  if (levels-- <= 0) {
    fail(`nested deeper than ${options.maxDepth ?? defaultMaxDepth} levels`);
  }
}

/** Ends a message. */
export function leave(): void {
  levels++;
}

/** Begins and ends a message that has no others inside. */
export function pass(): void {
  enter();
  leave();
}
