import { expect, it } from "vitest";
import { fuzzValidators, messagesPerSchema } from "./fuzz/run.ts";

it("validators say what protovalidate says", { timeout: 300_000 }, async () => {
  const seeds = Array.from({ length: Math.ceil(20_000 / messagesPerSchema) }, (_, i) => 1 + i);
  const { messages, violations, differences } = await fuzzValidators(seeds);
  expect(differences.slice(0, 10)).toEqual([]);
  expect(messages).toBeGreaterThanOrEqual(20_000);
  expect(violations).toBeGreaterThan(messages);
});

// Schemas that found something once: NaN as a bound, negative zero, keys of maps
// that are skipped while they are zero and have rules in CEL only, and negative
// zero in the wrappers of messages that are compared.
it.each([5013, 1009, 104002, 60_001_957])(
  "they still do for the schema of seed %i",
  async (seed) => {
    const { differences } = await fuzzValidators([seed]);
    expect(differences).toEqual([]);
  },
);
