import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchLine, median } from "../harness.ts";
import { bundle } from "../validate/bundle.ts";
import { runFresh } from "./fresh-process.ts";
import { inputsFor } from "./inputs.ts";
import { fourOperations } from "./round-trip.ts";
import { loadSubject } from "./subjects.ts";

const processes = 25;
const limit = 3.5;

/** How long a fresh process takes to load a codec, and to read and write one message. */
export async function* measureStart(): AsyncIterable<BenchLine> {
  const { desc } = await loadSubject("execute", "ExecuteRequest");
  const [text] = inputsFor(desc, 1).texts;
  const folder = mkdtempSync(join(tmpdir(), "botwire-start-"));
  try {
    const times = new Map<string, number[]>();
    const modules = fourOperations();
    // All names are equally long: where a process has its stack depends on its arguments.
    const names = Object.keys(modules);
    for (const [i, [name, module]] of Object.entries(modules).entries()) {
      writeFileSync(join(folder, `${i}.mjs`), await bundle(module));
      writeFileSync(
        join(folder, `${i}-main.mjs`),
        `const text = ${JSON.stringify(text)};
        const start = performance.now();
        const codec = await import("./${i}.mjs");
        const bytes = codec.toBinary(codec.fromJson(text));
        if (codec.toJson(codec.fromBinary(bytes)) === "") throw new Error("nothing was written");
        console.log(performance.now() - start);`,
      );
      times.set(name, []);
    }
    for (let i = 0; i < processes; i++) {
      for (const [name, values] of times) {
        values.push(runFresh(join(folder, `${names.indexOf(name)}-main.mjs`)));
      }
    }
    const base = median(times.get("protobuf-es") ?? []);
    for (const [name, values] of times) {
      const value = median(values);
      yield {
        suite: "codec",
        case: "import and first round trip",
        metric: name,
        value,
        unit: "ms",
        against: "protobuf-es",
        ratio: base / value,
        ...(name === "botwire, code_size" ? { target: `<= ${limit} ms`, met: value <= limit } : {}),
      };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
