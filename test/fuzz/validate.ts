import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FuzzResult } from "../validate/fuzz/compare-verdicts.ts";
import { messagesPerSchema } from "../validate/fuzz/run.ts";
import { fuzzSchemas } from "../validate/schemas/fuzz-schemas.ts";
import type { FuzzOptions } from "./run.ts";

/** How many schemas a worker tries before it gives back the memory of their modules. */
const schemasPerWorker = 96;

/** Compares generated validators with protovalidate on random schemas and messages. */
export async function fuzzValidate({ inputs, seed }: FuzzOptions): Promise<number> {
  const schemas = Math.ceil(inputs / messagesPerSchema);
  const total = { messages: 0, violations: 0, differences: 0 };
  for (let done = 0; done < schemas; done += schemasPerWorker) {
    const length = Math.min(schemasPerWorker, schemas - done);
    const found = await fuzzSeeds(Array.from({ length }, (_, i) => seed + done + i));
    total.messages += found.messages;
    total.violations += found.violations;
    found.differences.slice(0, Math.max(0, 20 - total.differences)).forEach(print);
    total.differences += found.differences.length;
    console.error(`${done + length} of ${schemas} schemas, ${total.differences} differences`);
  }
  console.log(`${schemas} schemas, ${total.messages} messages, ${total.violations} violations`);
  return total.differences;
}

/** Compares them on the .proto files of test/validate/schemas, as people write them. */
export async function fuzzValidateSchemas({ inputs, seed }: FuzzOptions): Promise<number> {
  const { messages, violations, differences } = await fuzzSchemas(seed, inputs);
  differences.slice(0, 20).forEach(print);
  console.log(`${messages} messages, ${violations} violations`);
  return differences.length;
}

function print(difference: string): void {
  console.log(difference);
}

/** Node never forgets a module: what thousands of schemas become needs threads that end. */
async function fuzzSeeds(seeds: readonly number[]): Promise<FuzzResult> {
  const worker = new Worker(new URL("validate-worker.ts", import.meta.url), { workerData: seeds });
  const [result]: FuzzResult[] = await once(worker, "message");
  await worker.terminate();
  if (result === undefined) {
    throw new Error("the worker has no result");
  }
  return result;
}
