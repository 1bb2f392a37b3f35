import { describe, expect, it } from "vitest";
import { compareWithRe2 } from "./differential.ts";

describe("lowered patterns", () => {
  it("answer as the RE2 library does, for random patterns and texts", () => {
    const result = compareWithRe2(20261122, 10_000, 20);
    expect(result.differences).toEqual([]);
    expect(result.texts).toBeGreaterThan(190_000);
    for (const kind of ["constant", "literal", "regExp", "absence", "dfa", "error"]) {
      expect(result.kinds.get(kind) ?? 0, kind).toBeGreaterThan(10);
    }
  });
});
