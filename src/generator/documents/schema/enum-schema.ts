import type { Test } from "../../model/rules/test.ts";
import { allowedValues, unnamedNumbers } from "../../tool-model/enum-type.ts";
import type { JsonObject } from "../../tool-model/json.ts";
import type { EnumType } from "../../tool-model/value-type.ts";
import type { Dialect } from "./dialect.ts";

/** An enum as its names, and in an exact dialect the numbers without a name that readers take. */
export function enumSchema(
  type: EnumType,
  tests: readonly Test[],
  { exact, keywords }: Dialect,
): JsonObject {
  const names = allowedValues(type, tests).map(({ name }) => name);
  const numbers = exact ? unnamedNumbers(type, tests) : [];
  if (numbers === "any") {
    const others = { type: "integer", ...refused(tests) };
    return names.length === 0 ? others : { anyOf: [{ type: "string", enum: names }, others] };
  }
  if (numbers.length > 0) {
    return { enum: [...names, ...numbers] };
  }
  if (names.length === 0) {
    // The rules leave nothing to choose from.
    return keywords.has("not") ? { not: {} } : { type: "string" };
  }
  return { type: "string", enum: names };
}

/** The numbers that the rules name as wrong. */
function refused(tests: readonly Test[]): JsonObject {
  const values = tests.flatMap((test) =>
    test.kind === "oneOf" && test.negated
      ? test.values.filter((value) => typeof value === "number")
      : [],
  );
  return values.length === 0 ? {} : { not: { enum: values } };
}
