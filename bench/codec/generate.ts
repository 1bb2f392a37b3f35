// Generates the codecs that are measured: botwire's for both models, those of
// ts-proto with and without its JSON methods, and protobufjs' static module.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const folder = "bench/codec/generated";
const protos = "bench/codec/proto";
const sources = [`${protos}/**/*.proto`, "bench/codec/generate.ts", "src/generator/**/*.ts"];

const tsProto = [
  "forceLong=bigint",
  "useDate=false",
  "oneof=unions-value",
  "unrecognizedEnum=false",
  "enumsAsLiterals=true",
  "useOptionals=messages",
  "outputServices=none",
  "esModuleInterop=true",
  "importSuffix=.ts",
];

/** Generates if something has changed, and returns the folder of the output. */
export function generate(): string {
  const hash = createHash("sha256");
  for (const file of globSync(sources).sort()) {
    hash.update(file).update(readFileSync(file));
  }
  const target = join(folder, hash.digest("hex").slice(0, 16));
  if (!existsSync(target)) {
    rmSync(folder, { recursive: true, force: true });
    const fresh = `${target}-fresh`;
    mkdirSync(fresh, { recursive: true });
    buf(fresh);
    protobufjs();
    renameSync(fresh, target);
  }
  return target;
}

function buf(out: string): void {
  const botwire = ["node", "-C", "@botwire/source", "src/generator/protoc-gen-botwire.ts"];
  const plugins = [
    {
      local: "protoc-gen-es",
      out: join(out, "es"),
      opt: ["target=ts", "import_extension=ts", "erasable_syntax=true"],
    },
    {
      local: "protoc-gen-ts_proto",
      out: join(out, "types"),
      opt: [...tsProto, "outputJsonMethods=false"],
    },
    { local: "protoc-gen-ts_proto", out: join(out, "ts-proto-json"), opt: tsProto },
    { local: botwire, out: join(out, "ts-proto"), opt: ["model=ts-proto"] },
    { local: botwire, out: join(out, "protobuf-es"), opt: ["model=protobuf-es"] },
  ].map((plugin) => ({ ...plugin, strategy: "all" }));
  run("buf", [
    "generate",
    ".",
    "--config",
    JSON.stringify({ version: "v2", modules: [{ path: protos }] }),
    "--template",
    JSON.stringify({ version: "v2", plugins }),
  ]);
}

/** Where protobufjs' code is: beside its run-time library. */
export const protobufjsModule = "bench/peers/generated/protobufjs.js";

function protobufjs(): void {
  const pbjs = "bench/peers/node_modules/.bin/pbjs";
  mkdirSync(dirname(protobufjsModule), { recursive: true });
  const args = ["-t", "static-module", "-w", "es6", "-p", protos, "-o", protobufjsModule];
  run(pbjs, [...args, ...globSync(`${protos}/**/*.proto`).sort()]);
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, PATH: `node_modules/.bin:${process.env["PATH"]}` },
  });
  if (status !== 0) {
    throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  }
}
