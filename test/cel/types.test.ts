import { describe, expect, it } from "vitest";
import { checkCase, goType } from "../conformance/cel/compile-case.ts";
import { type SpecCase, specCases } from "../conformance/cel/spec-case.ts";
import { specType } from "../conformance/cel/spec-type.ts";

/** The type that the suite states, else that which cel-go found. */
function wantedType({ test }: SpecCase): string | undefined {
  const { resultMatcher } = test.original;
  const stated =
    resultMatcher.case === "typedResult" ? specType(resultMatcher.value.deducedType) : undefined;
  return stated === undefined ? test.type?.replaceAll("type(dyn)", "type") : goType(stated);
}

describe("the checker", () => {
  it("finds the types that cel-go finds", () => {
    const differences: string[] = [];
    let same = 0;
    for (const spec of specCases()) {
      const wanted = wantedType(spec);
      const checked = wanted === undefined ? undefined : checkCase(spec);
      if (checked?.kind !== "checked") {
        continue;
      }
      const type = goType(checked.expr.type);
      if (type === wanted) {
        same++;
      } else if (wanted !== "any") {
        // cel-go keeps google.protobuf.Any apart from dyn, which it is assignable to.
        differences.push(`${spec.test.original.expr}: ${type}, not ${wanted}`);
      }
    }
    expect(differences).toEqual([]);
    expect(same).toBeGreaterThan(1900);
  });
});
