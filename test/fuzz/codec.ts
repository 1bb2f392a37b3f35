import { loadFixtures } from "../codec/fixtures.ts";
import { confuseAll } from "./codec/confuse.ts";
import { fuzz } from "./codec/fuzz.ts";
import type { FuzzOptions } from "./run.ts";

/**
 * Compares botwire's codecs with protobuf-es on random and hostile inputs.
 * Prints every kind of difference once.
 */
export async function fuzzCodec({ inputs, seed }: FuzzOptions): Promise<number> {
  const fixtures = await loadFixtures();
  const confused = confuseAll(fixtures, () => true);
  const random = fuzz(fixtures, { inputs, seed, limit: 20 });
  const differences = [...confused.differences.slice(0, 20), ...random.differences];
  for (const difference of differences) {
    console.log(JSON.stringify(difference, null, 2));
  }
  console.log(
    `${confused.inputs} times a trap in a field, ` +
      `${inputs} random inputs, about ${random.accepted} accepted`,
  );
  return differences.length;
}
