import { allowedValues } from "../../tool-model/enum-type.ts";
import type { Value, ValueType } from "../../tool-model/value-type.ts";
import { sentences } from "./list-words.ts";

/** How a value is written, where the type in the schema says less. */
export function typeWords(type: ValueType): string[] {
  switch (type.kind) {
    case "timestamp":
      return ["RFC 3339 time, for example 2026-01-02T03:04:05Z."];
    case "duration":
      return ['Seconds with an "s" at the end, for example 1.5s.'];
    case "long":
      return [`${type.unsigned ? "Non-negative integer" : "Integer"} as a string of digits.`];
    case "bytes":
      return ["Base64."];
    case "fieldMask":
      return ["Names of fields in lowerCamelCase, separated by commas."];
    case "any":
      return ['An object whose "@type" names its type.'];
    case "json":
      return ["Any JSON."];
    default:
      return [];
  }
}

/**
 * The values of an enum. With `all` every name is told; otherwise only if one
 * of them has a comment, as the schema lists the names.
 */
export function enumWords({ type, tests }: Pick<Value, "type" | "tests">, all: boolean): string[] {
  if (type.kind !== "enum") {
    return [];
  }
  const values = allowedValues(type.enum, tests);
  const told = values.some(({ description, deprecated }) => description !== "" || deprecated);
  if (values.length === 0 || !(all || told)) {
    return [];
  }
  if (!told) {
    return [`One of ${values.map(({ name }) => name).join(", ")}.`];
  }
  const lines = values.map(({ name, description, deprecated }) => {
    const text = sentences([description.replace(/\s+/g, " "), deprecated ? "Deprecated." : ""]);
    return text === "" ? `- ${name}` : `- ${name}: ${text}`;
  });
  return [`One of:\n${lines.join("\n")}`];
}
