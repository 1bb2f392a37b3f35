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
  /** From start to end, in milliseconds. */
  readonly ms: number;
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

/** Told to every Node that buf starts: to note its memory when it ends. */
const probe = `import { appendFileSync } from "node:fs";
process.on("exit", () => {
  if (process.argv[1]?.includes("protoc-gen-")) {
    appendFileSync(process.env.BENCH_MEMORY, process.resourceUsage().maxRSS + "\\n");
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
  if (status !== 0) {
    throw new Error(`buf generate failed: ${stderr.slice(0, 2000)}`);
  }
  const kilobytes = readFileSync(memory, "utf8").trim().split("\n").map(Number);
  const sizes = globSync("**/*.ts", { cwd: out }).map((path) => statSync(join(out, path)).size);
  rmSync(out, { recursive: true });
  return {
    ms,
    peak: Math.max(...kilobytes) * 1024,
    size: sizes.reduce((sum, size) => sum + size, 0),
  };
}
