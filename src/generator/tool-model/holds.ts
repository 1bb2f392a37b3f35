import { RE2JS } from "@bufbuild/re2";
import type { Constant, LengthTest, RangeTest, Test } from "../model/rules/test.ts";

/** A list or a map without elements, to try rules on. */
export const emptyCollection = Symbol("empty collection");

/** A value that rules can be tried on. */
export type Sample = Constant | typeof emptyCollection;

/** Whether a value keeps a rule. Undefined if that can't be told here. */
export function holds(test: Test, value: Sample): boolean | undefined {
  switch (test.kind) {
    case "equals":
      return isEqual(test.value, value);
    case "oneOf":
      return test.values.some((member) => isEqual(member, value)) !== test.negated;
    case "range":
      return typeof value === "number" || typeof value === "bigint"
        ? isInRange(test, value)
        : undefined;
    case "finite":
      return Number.isFinite(value);
    case "notNaN":
      return !Number.isNaN(value);
    case "length":
      return hasLength(test, lengthOf(test.unit, value));
    case "pattern":
      return typeof value === "string" ? RE2JS.compile(test.source).test(value) : undefined;
    case "affix":
      return typeof value === "string" && typeof test.value === "string"
        ? hasAffix(test.place, test.value, value) !== test.negated
        : undefined;
    case "format":
      // Three formats allow the empty string. What keeps the others is known at run time.
      return value === ""
        ? /^(uri_ref|header_value|header_value_loose)$/.test(test.format)
        : undefined;
    case "byteSize":
      return value instanceof Uint8Array ? test.sizes.includes(value.length) : undefined;
    case "unique":
      return value === emptyCollection ? true : undefined;
    default:
      return undefined;
  }
}

/** Whether a number lies in a range. NaN lies in none. */
export function isInRange(test: RangeTest<number | bigint>, value: number | bigint): boolean {
  const { lower, upper, outside } = test;
  const above =
    lower === undefined || (lower.inclusive ? value >= lower.value : value > lower.value);
  const below =
    upper === undefined || (upper.inclusive ? value <= upper.value : value < upper.value);
  return outside ? above || below : above && below && !Number.isNaN(value);
}

function isEqual(a: Constant, b: Sample): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array
    ? a.length === b.length && a.every((byte, i) => byte === b[i])
    : a === b;
}

function hasLength({ bound, length }: LengthTest, actual: number | undefined): boolean | undefined {
  if (actual === undefined) {
    return undefined;
  }
  switch (bound) {
    case "min":
      return actual >= length;
    case "max":
      return actual <= length;
    case "exact":
      return actual === length;
  }
}

function lengthOf(unit: LengthTest["unit"], value: Sample): number | undefined {
  if (value === emptyCollection) {
    return 0;
  }
  if (value instanceof Uint8Array) {
    return value.length;
  }
  if (typeof value !== "string") {
    return undefined;
  }
  return unit === "utf8" ? new TextEncoder().encode(value).length : [...value].length;
}

function hasAffix(place: "prefix" | "suffix" | "anywhere", affix: string, value: string): boolean {
  switch (place) {
    case "prefix":
      return value.startsWith(affix);
    case "suffix":
      return value.endsWith(affix);
    case "anywhere":
      return value.includes(affix);
  }
}
