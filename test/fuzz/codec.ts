// Compares botwire's codecs with protobuf-es on random and hostile inputs:
//
//   node -C @botwire/source test/fuzz/codec.ts [--inputs 1000000] [--seed 1]
//
// Prints every kind of difference once, with the seed that found it, and ends
// with a failure if there is any.
import { parseArgs } from "node:util";
import { loadFixtures } from "../codec/fixtures.ts";
import { confuseAll } from "./codec/confuse.ts";
import { fuzz } from "./codec/fuzz.ts";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
  },
});
const inputs = Number(values.inputs);
const seed = Number(values.seed);
const started = performance.now();
const fixtures = await loadFixtures();
const confused = confuseAll(fixtures, () => true);
const { differences, accepted } = fuzz(fixtures, { inputs, seed, limit: 20 });
const all = [...confused.differences.slice(0, 20), ...differences];
for (const difference of all) {
  console.log(JSON.stringify(difference, null, 2));
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(
  `codec: ${confused.inputs} times a trap in a field, ${inputs} random inputs ` +
    `(about ${accepted} accepted), seed ${seed}, ${all.length} differences, ${seconds} s`,
);
process.exitCode = all.length === 0 ? 0 : 1;
