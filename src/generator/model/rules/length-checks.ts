import type { TestCheck } from "./check.ts";
import { type RuleSet, setRule, testCheck } from "./rule-set.ts";
import type { LengthTest } from "./test.ts";

/**
 * The rules about a length in a unit, by the local names of their fields. The
 * prefix of a name says which bound it is.
 */
export function lengthChecks(
  set: RuleSet,
  unit: LengthTest["unit"],
  noun: string,
  lengths: Readonly<Record<string, bigint>>,
): TestCheck[] {
  return Object.entries(lengths).flatMap(([name, length]) => {
    const rule = setRule(set, name);
    if (rule === undefined) {
      return [];
    }
    const bound = name.startsWith("min") ? "min" : name.startsWith("max") ? "max" : "exact";
    const words = { min: "at least ", max: "at most ", exact: "" }[bound];
    const test = { kind: "length", unit, bound, length: Number(length) } as const;
    return [testCheck(set, rule, test, `must be ${words}${length} ${noun}`)];
  });
}
