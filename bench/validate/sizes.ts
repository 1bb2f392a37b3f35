import { gzipSync } from "node:zlib";
import type { BenchLine } from "../harness.ts";
import { bundle } from "./bundle.ts";

/** The size of validators with all that they need, minified and compressed. */
export async function* measureSizes(generated: string): AsyncIterable<BenchLine> {
  const module = (name: string) => `./${generated}/ts-proto/bench/validate/v1/${name}.validate.ts`;
  const four = await size(`export { validateScheduleMeeting } from "${module("meeting")}";
    export { ViolationCollector } from "botwire/validate";`);
  yield line("four messages and their helpers", four, 2500);
  const one = await size(`export * from "${module("one")}";`);
  const many = await size(`export * from "${module("many")}";`);
  yield line("each further message of 200", (many - one) / 199, 300);
}

async function size(source: string): Promise<number> {
  return gzipSync(await bundle(source), { level: 9 }).length;
}

function line(name: string, value: number, limit: number): BenchLine {
  return {
    suite: "validate",
    case: name,
    metric: "gzip",
    value,
    unit: "bytes",
    target: `<= ${limit}`,
    met: value <= limit,
  };
}
