import { describe, expect, it } from "vitest";
import { compareWithInterpreter } from "./differential.ts";

describe("compiled expressions", () => {
  it("give what @bufbuild/cel gives, for random expressions and messages", async () => {
    const { values, errors, differences } = await compareWithInterpreter(20261122, 4000);
    expect(differences).toEqual([]);
    expect(values).toBeGreaterThan(9000);
    expect(errors).toBeGreaterThan(500);
  });
});
