import type { BenchLine, Effort } from "../harness.ts";
import { requireLoadTools } from "../load/placement.ts";
import { measureConcurrency } from "./concurrency.ts";
import { generate } from "./generate.ts";
import { measureLatency } from "./latency.ts";
import { measureStart } from "./start.ts";
import { measureThroughput } from "./throughput.ts";

/** Measures the webhook from outside: rate, latency, many connections, and start. */
export async function* run(effort: Effort): AsyncIterable<BenchLine> {
  requireLoadTools();
  const modules = generate();
  yield* measureThroughput(modules, effort);
  yield* measureLatency(modules, effort);
  yield* measureConcurrency(modules, effort);
  yield* measureStart(modules, effort);
}
