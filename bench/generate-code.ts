// Generates the code that is measured: when something has changed, and at no
// other time.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Options of ts-proto, as botwire asks for them. */
export const tsProtoOptions: readonly string[] = [
  "forceLong=bigint",
  "useDate=false",
  "oneof=unions-value",
  "unrecognizedEnum=false",
  "enumsAsLiterals=true",
  "useOptionals=messages",
  "outputServices=none",
  "esModuleInterop=true",
  "importSuffix=.ts",
  "Mgoogle/protobuf/descriptor.proto=unused",
  "Mbuf/validate/validate.proto=unused",
];

/** Options of protoc-gen-es, as botwire asks for them. */
export const esOptions: readonly string[] = [
  "target=ts",
  "import_extension=ts",
  "erasable_syntax=true",
  "map_imports=buf/validate/:@bufbuild/protovalidate/gen",
];

/** botwire's plugin, from its sources. */
export const botwirePlugin: readonly string[] = [
  "node",
  "-C",
  "@botwire/source",
  "src/generator/protoc-gen-botwire.ts",
];

/** One plugin of a buf.gen.yaml. */
export interface CodePlugin {
  readonly local: string | readonly string[];
  readonly out: string;
  readonly opt: readonly string[];
}

/**
 * Fills a folder, named by the hash of all sources, within `folder`, and
 * returns it. What older sources left is removed.
 *
 * @param sources globs of everything that the output depends on
 */
export function generateOnce(
  folder: string,
  sources: readonly string[],
  write: (target: string) => void,
): string {
  const hash = createHash("sha256");
  for (const file of globSync(sources).sort()) {
    hash.update(file).update(readFileSync(file));
  }
  const target = join(folder, hash.digest("hex").slice(0, 16));
  if (!existsSync(target)) {
    rmSync(folder, { recursive: true, force: true });
    const fresh = `${target}-fresh`;
    mkdirSync(fresh, { recursive: true });
    write(fresh);
    renameSync(fresh, target);
  }
  return target;
}

/** Runs buf over a folder of .protos; `path`, if given, is all that code is generated for. */
export function bufGenerate(input: string, plugins: readonly CodePlugin[], path?: string): void {
  runTool("buf", [
    "generate",
    ".",
    ...(path === undefined ? [] : ["--path", path]),
    "--config",
    JSON.stringify({ version: "v2", modules: [{ path: input }] }),
    "--template",
    JSON.stringify({
      version: "v2",
      plugins: plugins.map((plugin) => ({ ...plugin, strategy: "all" })),
    }),
  ]);
}

/** Runs a command of node_modules. Throws what it says if it fails. */
export function runTool(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, PATH: `node_modules/.bin:${process.env["PATH"]}` },
  });
  if (status !== 0) {
    throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  }
}
