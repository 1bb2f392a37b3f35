import type { JsonObject, JsonValue } from "../../codec/json-value.ts";
import { setOwn } from "../../codec/own-property.ts";
import { expected, keysOf, problem, steps } from "../context.ts";

/**
 * Copies JSON of so many levels. Undefined after a problem.
 *
 * @param isNumber which numbers it may have, and what they are for people
 */
export function copyJson(
  json: unknown,
  depth: number,
  isNumber: (value: number) => boolean,
): JsonValue | undefined {
  if (depth <= 0) {
    return problem("nested too deep");
  }
  if (json === null || typeof json === "string" || typeof json === "boolean") {
    return json;
  }
  if (typeof json === "number") {
    return isNumber(json) ? json : expected("finite number", json);
  }
  if (typeof json !== "object") {
    return expected("JSON value", json);
  }
  const copyAt = (step: number | readonly [string], value: unknown): JsonValue => {
    steps.push(step);
    const child = copyJson(value, depth - 1, isNumber) ?? null;
    steps.pop();
    return child;
  };
  if (Array.isArray(json)) {
    return json.map((value: unknown, i) => copyAt(i, value));
  }
  const copy: JsonObject = {};
  for (const key of keysOf(json)) {
    setOwn(copy, key, copyAt([key], Reflect.get(json, key)));
  }
  return copy;
}
