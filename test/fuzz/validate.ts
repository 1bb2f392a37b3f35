import { fuzzValidators } from "../validate/fuzz/run.ts";
import type { FuzzOptions } from "./run.ts";

/** Compares generated validators with protovalidate on random schemas and messages. */
export async function fuzzValidate({ inputs, seed }: FuzzOptions): Promise<number> {
  const { messages, violations, differences } = await fuzzValidators(seed, inputs);
  for (const difference of differences.slice(0, 20)) {
    console.log(difference);
  }
  console.log(`${messages} messages, ${violations} violations`);
  return differences.length;
}
