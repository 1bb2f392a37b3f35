// Compares botwire's codecs with protobuf-es on random and hostile inputs:
//
//   node -C @botwire/source test/fuzz/codec.ts [--inputs 1000000] [--seed 1]
//
// Prints every kind of difference once, with the seed that found it, and ends
// with a failure if there is any.
import { parseArgs } from "node:util";
import { loadFixtures } from "../codec/fixtures.ts";
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
const { differences, accepted } = fuzz(await loadFixtures(), { inputs, seed, limit: 20 });
for (const difference of differences) {
  console.log(JSON.stringify(difference, null, 2));
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(
  `codec: ${inputs} inputs (${accepted} accepted), seed ${seed}, ${differences.length} differences, ${seconds} s`,
);
process.exitCode = differences.length === 0 ? 0 : 1;
