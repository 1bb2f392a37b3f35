import { gzipSync } from "node:zlib";
import type { BenchLine } from "../harness.ts";
import { bundle } from "../validate/bundle.ts";
import { fourOperations, jsonOnly } from "./round-trip.ts";

const limit = 6 * 1024;

/** The size of the code of the four operations, with all that it needs, minified and compressed. */
export async function* measureSizes(): AsyncIterable<BenchLine> {
  const modules = fourOperations();
  const base = await size(modules["protobuf-es"]);
  for (const [name, module] of Object.entries(modules)) {
    const value = await size(module);
    const judged =
      name === "botwire, code_size" ? { target: `<= ${limit}`, met: value <= limit } : {};
    yield line("four operations", name, value, base, judged);
  }
  yield line(
    "reading and writing JSON only",
    "botwire, speed",
    await size(jsonOnly(modules["botwire, speed"])),
    base,
    {},
  );
}

async function size(module: string): Promise<number> {
  return gzipSync(await bundle(module), { level: 9 }).length;
}

function line(
  name: string,
  contender: string,
  value: number,
  base: number,
  judged: { target?: string; met?: boolean },
): BenchLine {
  return {
    suite: "codec",
    case: `code of ${name}, gzip`,
    metric: contender,
    value,
    unit: "bytes",
    against: "protobuf-es",
    ratio: value / base,
    ...judged,
  };
}
