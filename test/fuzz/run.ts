// The long mode of the differential fuzzes:
//
//   npm run fuzz -- <suite> [--inputs 1000000] [--seed 1]
//
// Prints what differs, with the seed that shows it again, and fails if
// anything does.
import { parseArgs } from "node:util";
import { fuzzCodec } from "./codec.ts";
import { fuzzPatterns } from "./patterns.ts";
import { fuzzValidate, fuzzValidateSchemas } from "./validate.ts";

/** How much a fuzz tries, and where its random numbers start. */
export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
}

/** Runs a fuzz and prints what it finds; resolves to the number of differences. */
type Fuzz = (options: FuzzOptions) => Promise<number>;

const suites: Readonly<Record<string, Fuzz>> = {
  codec: fuzzCodec,
  patterns: fuzzPatterns,
  validate: fuzzValidate,
  "validate-schemas": fuzzValidateSchemas,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    inputs: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
  },
});
const inputs = Number(values.inputs);
const seed = Number(values.seed);
const [name = ""] = positionals;
const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
if (suite === undefined || !Number.isSafeInteger(inputs) || !Number.isSafeInteger(seed)) {
  const names = Object.keys(suites).join("|");
  console.error(`usage: npm run fuzz -- <${names}> [--inputs <number>] [--seed <number>]`);
  process.exitCode = 2;
} else {
  const started = performance.now();
  const differences = await suite({ inputs, seed });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${name}: seed ${seed}, ${differences} differences, ${seconds} s`);
  process.exitCode = differences === 0 ? 0 : 1;
}
