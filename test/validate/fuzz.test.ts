import { expect, it } from "vitest";
import { fuzzValidators } from "./fuzz/run.ts";

it("validators say what protovalidate says", { timeout: 300_000 }, async () => {
  const { messages, violations, differences } = await fuzzValidators(1, 20_000);
  expect(differences.slice(0, 10)).toEqual([]);
  expect(messages).toBeGreaterThanOrEqual(20_000);
  expect(violations).toBeGreaterThan(messages);
});
