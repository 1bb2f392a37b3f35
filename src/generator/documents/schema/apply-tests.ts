import type { Test } from "../../model/rules/test.ts";
import type { Json, JsonObject } from "../../tool-model/json.ts";
import type { Value } from "../../tool-model/value-type.ts";
import type { Dialect, Keyword } from "./dialect.ts";
import { durationPattern, testKeywords } from "./test-keywords.ts";

/**
 * Adds the keywords that say the rules of a value to its schema. The rest is
 * what the dialect can't say, or not exactly.
 */
export function applyTests(
  schema: JsonObject,
  { type, tests }: Value,
  dialect: Dialect,
): { readonly schema: JsonObject; readonly rest: readonly Test[] } {
  const rest: Test[] = [];
  const more: JsonObject[] = [];
  let full = schema;
  for (const test of tests) {
    const said = testKeywords(type, test, dialect);
    if (said === undefined || !speaks(dialect, said.keywords)) {
      rest.push(test);
      continue;
    }
    const merged = merge(full, said.keywords);
    if (merged !== undefined) {
      full = merged;
    } else if (dialect.keywords.has("allOf")) {
      more.push(said.keywords);
    } else {
      rest.push(test);
      continue;
    }
    if (!said.exact) {
      rest.push(test);
    }
  }
  return { schema: more.length === 0 ? full : { ...full, allOf: more }, rest };
}

function speaks(dialect: Dialect, keywords: JsonObject): boolean {
  return Object.keys(keywords).every(
    (keyword) => keyword === "enum" || dialect.keywords.has(keyword as Keyword),
  );
}

/** Both schemas as one, or undefined if they can't be. */
function merge(schema: JsonObject, more: JsonObject): JsonObject | undefined {
  const merged: Record<string, Json | undefined> = { ...schema };
  for (const [keyword, value] of Object.entries(more)) {
    const other = merged[keyword];
    const both = other === undefined || other === value ? value : stronger(keyword, other, value);
    if (both === undefined) {
      return undefined;
    }
    merged[keyword] = both;
  }
  return merged;
}

/** Of two limits the one that implies the other; undefined for other keywords. */
function stronger(keyword: string, a: Json, b: Json | undefined): Json | undefined {
  if (typeof a === "number" && typeof b === "number") {
    return keyword.startsWith("min")
      ? Math.max(a, b)
      : keyword.startsWith("max")
        ? Math.min(a, b)
        : undefined;
  }
  // Every duration has this pattern, whatever another one asks for.
  return a === durationPattern ? b : undefined;
}
