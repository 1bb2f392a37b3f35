import { expect, test } from "vitest";
import { confuseAll } from "../fuzz/codec/confuse.ts";
import { fuzz } from "../fuzz/codec/fuzz.ts";
import { loadFixtures } from "./fixtures.ts";

// `npm run fuzz -- codec` does the same with many more inputs.

const fixtures = await loadFixtures();

test("agrees with protobuf-es on 20,000 random inputs", { timeout: 240_000 }, () => {
  const seed = Number(process.env["FUZZ_SEED"] ?? 1);
  const { differences, accepted } = fuzz(fixtures, { inputs: 20_000, seed, limit: 5 });
  expect(differences).toEqual([]);
  expect(accepted).toBeGreaterThan(4_000);
  expect(accepted).toBeLessThan(16_000);
});

test("agrees with protobuf-es on every trap in every field", { timeout: 240_000 }, () => {
  const { differences, inputs } = confuseAll(fixtures, (name) =>
    /^(codec|legacy)\.v1\.[A-V]\w*$/.test(name),
  );
  expect(differences).toEqual([]);
  expect(inputs).toBeGreaterThan(40_000);
});
