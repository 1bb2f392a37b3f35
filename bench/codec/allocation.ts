import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchLine } from "../harness.ts";
import { bundle } from "../validate/bundle.ts";
import { runFresh } from "./fresh-process.ts";
import { inputsFor } from "./inputs.ts";
import { fourOperations } from "./round-trip.ts";
import { loadSubject } from "./subjects.ts";

const limit = 0.5;

/** So much young memory that nothing is collected while it is measured. */
const flags = ["--expose-gc", "--min-semi-space-size=512", "--max-semi-space-size=512"];

/** How many bytes are allocated for a message that is read from JSON text. */
export async function* measureAllocation(): AsyncIterable<BenchLine> {
  const { desc } = await loadSubject("execute", "ExecuteRequest");
  const { texts } = inputsFor(desc);
  const folder = mkdtempSync(join(tmpdir(), "botwire-allocation-"));
  try {
    const measured = new Map<string, number>();
    const sources = {
      ...fourOperations(),
      "JSON.parse": "export const fromJson = JSON.parse;",
    };
    for (const [name, source] of Object.entries(sources)) {
      writeFileSync(join(folder, "codec.mjs"), await bundle(source));
      writeFileSync(
        join(folder, "main.mjs"),
        `import { fromJson } from "./codec.mjs";
        const texts = ${JSON.stringify(texts)};
        const runs = 100;
        const run = () => { for (let i = 0; i < runs; i++) for (const text of texts) fromJson(text); };
        for (let i = 0; i < 20; i++) run();
        gc();
        const before = process.memoryUsage().heapUsed;
        run();
        console.log((process.memoryUsage().heapUsed - before) / runs / texts.length);`,
      );
      measured.set(name, runFresh(join(folder, "main.mjs"), flags));
    }
    const base = measured.get("protobuf-es") ?? Number.NaN;
    for (const [name, value] of measured) {
      const ratio = value / base;
      yield {
        suite: "codec",
        case: "allocated per message read",
        metric: name,
        value,
        unit: "bytes",
        against: "protobuf-es",
        ratio,
        ...(name === "botwire, speed" ? { target: `<= ${limit}x`, met: ratio <= limit } : {}),
      };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
