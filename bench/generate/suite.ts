import { spawnSync } from "node:child_process";
import { type BenchLine, type Effort, median, quickEffort } from "../harness.ts";
import { googleSchema } from "./google.ts";
import { type BenchPlugin, type Generated, type Strategy, schemaFolder } from "./run-buf.ts";
import { syntheticSchema } from "./synthetic.ts";

const plugins: Readonly<Record<"protoc-gen-es" | "botwire", BenchPlugin>> = {
  "protoc-gen-es": { local: "protoc-gen-es", opt: ["target=ts", "import_extension=ts"] },
  botwire: { local: ["node", "dist/src/generator/protoc-gen-botwire.js"], opt: [] },
};

const synthetic = 2000;
const strategies: readonly Strategy[] = ["all", "directory"];

/**
 * Measures what `buf generate` takes, with the plugin as it is published. How
 * long it takes depends on what else the machine does, so that what it takes of
 * processors is judged.
 */
export async function* run(effort: Effort): AsyncIterable<BenchLine> {
  const { status, stderr } = spawnSync("node", ["scripts/build.ts"], { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`the build failed: ${stderr}`);
  }
  const isQuick = effort === quickEffort;
  for (const strategy of strategies) {
    yield* compare(`${synthetic} messages`, syntheticSchema(synthetic), strategy, isQuick ? 1 : 3);
  }
  if (!isQuick) {
    const google = googleSchema();
    yield* compare(`${google.size} files of Google's APIs`, google, "all", 1);
  }
  yield* measureGrowth();
}

function* compare(
  name: string,
  files: ReadonlyMap<string, string>,
  strategy: Strategy,
  rounds: number,
): Iterable<BenchLine> {
  using schema = schemaFolder(files);
  const runs = new Map<string, Generated[]>(Object.keys(plugins).map((plugin) => [plugin, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [plugin, options] of Object.entries(plugins)) {
      runs.get(plugin)?.push(schema.generate(options, strategy));
    }
  }
  for (const { metric, unit, of, noise } of measures) {
    const values = new Map([...runs].map(([plugin, all]) => [plugin, median(all.map(of))]));
    const base = values.get("protoc-gen-es") ?? Number.NaN;
    for (const [plugin, value] of values) {
      const ratio = value / base;
      yield {
        suite: "generate",
        case: `${name}, strategy ${strategy}: ${metric}`,
        metric: plugin,
        value,
        unit,
        against: "protoc-gen-es",
        ratio,
        ...(plugin === "botwire" && noise !== undefined ? targetOf(ratio, noise) : {}),
      };
    }
  }
}

/** What plugins are compared by. */
interface Measure {
  readonly metric: string;
  readonly unit: string;
  of(run: Generated): number;
  /** How far apart runs of one plugin are; without it, too far to be judged. */
  readonly noise?: number;
}

const measures: readonly Measure[] = [
  { metric: "time", unit: "ms", of: ({ ms }) => ms },
  { metric: "time of processors", unit: "ms", of: ({ cpu }) => cpu, noise: 0.05 },
  { metric: "peak memory", unit: "MB", of: ({ peak }) => peak / 2 ** 20, noise: 0 },
  { metric: "printed", unit: "MB", of: ({ size }) => size / 2 ** 20 },
];

function targetOf(ratio: number, noise: number): Pick<BenchLine, "target" | "met"> {
  const margin = noise === 0 ? "" : `, and ${noise * 100}% of noise`;
  return { target: `<= 1x${margin}`, met: ratio <= 1 + noise };
}

/** What is printed for a message, however many there are. */
function* measureGrowth(): Iterable<BenchLine> {
  let base = Number.NaN;
  for (const messages of [250, 500, 1000, 2000]) {
    using schema = schemaFolder(syntheticSchema(messages));
    const value = schema.generate(plugins.botwire, "all").size / messages;
    base = messages === 250 ? value : base;
    const ratio = value / base;
    yield {
      suite: "generate",
      case: `printed, of ${messages} messages`,
      metric: "botwire",
      value,
      unit: "bytes/message",
      against: "250 messages",
      ratio,
      target: "<= 1.05x",
      met: ratio <= 1.05,
    };
  }
}
