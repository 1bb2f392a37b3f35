import { type Code, code, helper, join } from "../../code.ts";
import type {
  AffixTest,
  Bound,
  Constant,
  LengthTest,
  Range,
  Test,
} from "../../model/rules/test.ts";
import { patternTest } from "../../regex/pattern-code.ts";
import { formatCondition } from "./format-condition.ts";
import { list, literal, operand, set, time, times } from "./literal.ts";

/** Up to this many values are compared one by one; more go into a set. */
const few = 8;

/** What the conditions of a value are printed with. */
export interface TestedValue {
  /** The value: an expression without side effects that is evaluated any number of times. */
  readonly code: string;
  /** The paths, if the value is a field mask. */
  readonly paths: string;
  /** The number of entries, if the value is a map. */
  readonly size: Code;
}

/** Code for the present. */
export const now: Code = code`${helper("nowOf")}(violations)`;

/** Code that is true if a value fails a test. It binds at least as strongly as `&&`'s operands. */
export function failure(test: Test, value: TestedValue): Code {
  const v = value.code;
  switch (test.kind) {
    case "equals":
      return notEqual(v, test.value);
    case "oneOf":
      return oneOfFailure(v, test.values, test.negated);
    case "range":
      return rangeFailure(test, (bound) => code`${v} ${bound} `, literal);
    case "finite":
      return code`!globalThis.isFinite(${v})`;
    case "notNaN":
      return code`globalThis.Number.isNaN(${v})`;
    case "length":
      return lengthFailure(test, value);
    case "pattern":
      return code`!(${patternTest(test.pattern, code`${v}`)})`;
    case "affix":
      return affixFailure(test, v);
    case "format":
      return code`!${formatCondition(test.format, v)}`;
    case "byteSize":
      return code`${test.sizes.map((size) => `${v}.length !== ${size}`).join(" && ")}`;
    case "unique":
      return code`!${helper({ bytes: "isUniqueBytes", numbers: "isUniqueNumbers", values: "isUnique" }[test.of])}(${v})`;
    case "typeUrl":
      return oneOfFailure(`${v}.typeUrl`, test.values, test.negated);
    case "timeEquals":
      return code`${helper("compareTime")}(${v}, ${time(test.value)}) !== 0`;
    case "timeOneOf":
      return code`${test.negated ? "" : "!"}${helper("isOneOfTimes")}(${v}, ${times(test.values)})`;
    case "timeRange":
      return rangeFailure(
        test,
        (bound, limit) => code`${helper("compareTime")}(${v}, ${time(limit)}) ${bound} `,
        () => "0",
      );
    case "notAfterNow":
      return code`${helper("compareTime")}(${v}, ${now}) > 0`;
    case "notBeforeNow":
      return code`${helper("compareTime")}(${v}, ${now}) < 0`;
    case "withinNow":
      return code`!${helper("isWithin")}(${v}, ${time(test.duration)}, ${now})`;
    case "paths": {
      const check = { equal: "equalPaths", only: "hasOnlyPaths", none: "hasNoPaths" }[test.mode];
      return code`!${helper(check)}(${value.paths}, ${list("paths", test.paths)})`;
    }
  }
}

function notEqual(v: string, value: Constant): Code {
  if (value instanceof Uint8Array) {
    return code`!${helper("equalBytes")}(${v}, ${operand(value)})`;
  }
  if (typeof value === "boolean") {
    return code`${value ? "!" : ""}${v}`;
  }
  return code`${v} !== ${literal(value)}`;
}

function oneOfFailure(v: string, values: readonly Constant[], negated: boolean): Code {
  // NaN is equal to nothing, but a set would find it.
  const bytes = values.filter((value) => value instanceof Uint8Array);
  if (bytes.length > 0) {
    const items = constantList(bytes);
    return code`${negated ? "" : "!"}${helper("isOneOfBytes")}(${v}, ${items})`;
  }
  const scalars = [
    ...new Set(values.filter((value) => typeof value !== "object" && !Number.isNaN(value))),
  ].filter((value) => typeof value !== "object");
  if (scalars.length === 0) {
    return code`${String(!negated)}`;
  }
  if (scalars.length > few) {
    return code`${negated ? "" : "!"}${set("values", scalars)}.has(${v})`;
  }
  const comparisons = scalars.map((value) => `${v} ${negated ? "===" : "!=="} ${literal(value)}`);
  return code`${grouped(comparisons, negated ? " || " : " && ")}`;
}

function constantList(values: readonly Uint8Array[]): Code {
  return list("byteStrings", values);
}

/** Only alternatives need parentheses among the operands of `&&`. */
function grouped(comparisons: readonly string[], operator: " || " | " && "): string {
  const text = comparisons.join(operator);
  return operator === " || " && comparisons.length > 1 ? `(${text})` : text;
}

function rangeFailure<T>(
  { lower, upper, outside }: Range<T>,
  compare: (operator: string, limit: T) => Code,
  show: (limit: T) => string,
): Code {
  const side = (bound: Bound<T> | undefined, sign: "<" | ">"): Code[] =>
    bound === undefined
      ? []
      : [code`${compare(`${sign}${bound.inclusive ? "=" : ""}`, bound.value)}${show(bound.value)}`];
  const sides = [...side(lower, ">"), ...side(upper, "<")];
  return code`!(${join(sides, outside ? " || " : " && ")})`;
}

function lengthFailure({ unit, bound, length }: LengthTest, value: TestedValue): Code {
  const v = value.code;
  switch (unit) {
    case "codePoints":
      if (bound === "min" && length === 1) {
        return code`${v} === ""`;
      }
      // Most modules need the other bound as well, and so only one helper.
      return bound === "min"
        ? code`${helper("hasMaxLength")}(${v}, ${length - 1})`
        : code`!${helper({ max: "hasMaxLength", exact: "hasLength" }[bound])}(${v}, ${length})`;
    case "utf8":
      return code`!${helper({ min: "hasMinBytes", max: "hasMaxBytes", exact: "hasBytes" }[bound])}(${v}, ${length})`;
    default: {
      const operator = { min: "<", max: ">", exact: "!==" }[bound];
      const size = unit === "pairs" ? value.size : code`${v}.length`;
      return code`${size} ${operator} ${length}`;
    }
  }
}

function affixFailure({ place, value, negated }: AffixTest, v: string): Code {
  const not = negated ? "" : "!";
  if (typeof value === "string") {
    const method = { prefix: "startsWith", suffix: "endsWith", anywhere: "includes" }[place];
    return code`${not}${v}.${method}(${literal(value)})`;
  }
  const check = { prefix: "startsWithBytes", suffix: "endsWithBytes", anywhere: "includesBytes" };
  return code`${not}${helper(check[place])}(${v}, ${operand(value)})`;
}
