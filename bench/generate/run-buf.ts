import { spawnSync } from "node:child_process";
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** A plugin, as buf.gen.yaml has it. */
export interface BenchPlugin {
  readonly local: string | readonly string[];
  readonly opt: readonly string[];
}

/** One plugin run for a folder, or one for all of them. */
export type Strategy = "all" | "directory";

/** What `buf generate` took. */
export interface Generated {
  /** From start to end, with all that buf does, in milliseconds. */
  readonly ms: number;
  /** What buf and all runs of the plugin took of processors, in milliseconds. */
  readonly cpu: number;
  /** The most memory that any run of the plugin had, in bytes. */
  readonly peak: number;
  /** How much was printed, in bytes. */
  readonly size: number;
}

/** A folder with a schema, which is removed in the end. */
export interface SchemaFolder {
  generate(plugin: BenchPlugin, strategy: Strategy): Generated;
  [Symbol.dispose](): void;
}

/**
 * Told to every Node that buf starts: to note its memory when it ends, as Linux
 * has it. The maxRSS of Node is no less than what buf had when it started it.
 */
const probe = `import { appendFileSync, readFileSync } from "node:fs";
process.on("exit", () => {
  if (process.argv[1]?.includes("protoc-gen-")) {
    const [, kilobytes] = /^VmHWM:\\s+(\\d+)/m.exec(readFileSync("/proc/self/status", "utf8"));
    appendFileSync(process.env.BENCH_MEMORY, kilobytes + "\\n");
  }
});`;

/** Writes .proto files to a folder, to be generated from. */
export function schemaFolder(files: ReadonlyMap<string, string>): SchemaFolder {
  const folder = mkdtempSync(join(tmpdir(), "botwire-generate-"));
  const proto = join(folder, "proto");
  for (const [path, text] of files) {
    mkdirSync(dirname(join(proto, path)), { recursive: true });
    writeFileSync(join(proto, path), text);
  }
  writeFileSync(join(proto, "buf.yaml"), "version: v2\n");
  writeFileSync(join(folder, "probe.mjs"), probe);
  return {
    generate: (plugin, strategy) => generate(folder, plugin, strategy),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

function generate(folder: string, plugin: BenchPlugin, strategy: Strategy): Generated {
  const out = join(folder, "out");
  const memory = join(folder, "memory");
  writeFileSync(memory, "");
  const template = { version: "v2", plugins: [{ ...plugin, out, strategy }] };
  const startCpu = cpuOfChildren();
  const start = performance.now();
  const { status, stderr } = spawnSync(
    "buf",
    ["generate", join(folder, "proto"), "--template", JSON.stringify(template)],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${resolve("node_modules/.bin")}:${process.env["PATH"]}`,
        NODE_OPTIONS: `--import ${pathToFileURL(join(folder, "probe.mjs")).href}`,
        BENCH_MEMORY: memory,
      },
    },
  );
  const ms = performance.now() - start;
  const cpu = cpuOfChildren() - startCpu;
  if (status !== 0) {
    throw new Error(`buf generate failed: ${stderr.slice(0, 2000)}`);
  }
  const kilobytes = readFileSync(memory, "utf8").trim().split("\n").map(Number);
  const sizes = globSync("**/*.ts", { cwd: out }).map((path) => statSync(join(out, path)).size);
  rmSync(out, { recursive: true });
  return {
    ms,
    cpu,
    peak: Math.max(...kilobytes) * 1024,
    size: sizes.reduce((sum, size) => sum + size, 0),
  };
}

/** What processes took that this one has started, and those that they have, in milliseconds. */
function cpuOfChildren(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // The fields 16 and 17, cutime and cstime, in hundredths of a second.
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
