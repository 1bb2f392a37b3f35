import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FuzzResult } from "../validate/fuzz/compare-verdicts.ts";
import { messagesPerSchema } from "../validate/fuzz/run.ts";
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
    for (const difference of found.differences) {
      if (++total.differences <= 20) {
        console.log(difference);
      }
    }
    console.error(`${done + length} of ${schemas} schemas, ${total.differences} differences`);
  }
  console.log(`${schemas} schemas, ${total.messages} messages, ${total.violations} violations`);
  return total.differences;
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
