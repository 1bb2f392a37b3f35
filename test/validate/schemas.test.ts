import { expect, it } from "vitest";
import { fuzzSchemas } from "./schemas/fuzz-schemas.ts";

it("validators of schemas as people write them say what protovalidate says", async () => {
  const { messages, violations, differences } = await fuzzSchemas(20261122, 3000);
  expect(differences.slice(0, 10)).toEqual([]);
  expect(messages).toBeGreaterThanOrEqual(3000);
  expect(violations).toBeGreaterThan(messages);
}, 120_000);
