import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchLine, median } from "../harness.ts";
import { bundle } from "./bundle.ts";
import { validMeetings } from "./inputs.ts";

const processes = 25;

/** How long a fresh process takes to load a validator and to validate one message. */
export async function* measureStart(generated: string): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), "botwire-start-"));
  try {
    const source = `
      import { validateScheduleMeeting } from "./${generated}/ts-proto/bench/validate/v1/meeting.validate.ts";
      import { validate } from "botwire/validate";
      export const run = (message) => validate({ validate: validateScheduleMeeting }, message);`;
    writeFileSync(join(folder, "bundle.mjs"), await bundle(source));
    writeFileSync(
      join(folder, "main.mjs"),
      `const message = ${JSON.stringify(validMeetings[0])};
      const start = performance.now();
      const { run } = await import("./bundle.mjs");
      if (run(message).length > 0) throw new Error("the message is invalid");
      console.log(performance.now() - start);`,
    );
    const times = Array.from({ length: processes }, () => startOnce(join(folder, "main.mjs")));
    const value = median(times);
    yield {
      suite: "validate",
      case: "import and first validation, fresh process",
      metric: "time",
      value,
      unit: "ms",
      target: "<= 2",
      met: value <= 2,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function startOnce(script: string): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return Number(stdout);
}
