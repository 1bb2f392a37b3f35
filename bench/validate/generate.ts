// Generates the validators that are measured, for both message models.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { manyMessages } from "./many-messages.ts";

const folder = "bench/validate/generated";
const protos = "bench/validate/proto";
const sources = [`${protos}/**/*.proto`, "bench/validate/*.ts", "src/generator/**/*.ts"];

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
    const input = join(fresh, "proto");
    mkdirSync(input, { recursive: true });
    cpSync(protos, input, { recursive: true });
    cpSync("vendor/buf", join(input, "buf"), { recursive: true });
    writeFileSync(join(input, "bench/validate/v1/one.proto"), manyMessages("one", 1));
    writeFileSync(join(input, "bench/validate/v1/many.proto"), manyMessages("many", 200));
    buf(input, fresh);
    renameSync(fresh, target);
  }
  return target;
}

const tsProto = [
  "forceLong=bigint",
  "useDate=false",
  "oneof=unions-value",
  "unrecognizedEnum=false",
  "enumsAsLiterals=true",
  "useOptionals=messages",
  "outputJsonMethods=false",
  "outputServices=none",
  "esModuleInterop=true",
  "importSuffix=.ts",
  "Mgoogle/protobuf/descriptor.proto=unused",
  "Mbuf/validate/validate.proto=unused",
];

const es = [
  "target=ts",
  "import_extension=ts",
  "erasable_syntax=true",
  "map_imports=buf/validate/:@bufbuild/protovalidate/gen",
];

function buf(input: string, out: string): void {
  const botwire = ["node", "-C", "@botwire/source", "src/generator/protoc-gen-botwire.ts"];
  const plugins = [
    { local: "protoc-gen-es", out: join(out, "es"), opt: es },
    { local: "protoc-gen-ts_proto", out: join(out, "types"), opt: tsProto },
    { local: botwire, out: join(out, "ts-proto"), opt: ["model=ts-proto"] },
    { local: botwire, out: join(out, "protobuf-es"), opt: ["model=protobuf-es"] },
  ].map((plugin) => ({ ...plugin, strategy: "all" }));
  const { status, stderr, error } = spawnSync(
    "buf",
    [
      "generate",
      ".",
      "--path",
      join(input, "bench"),
      "--config",
      JSON.stringify({ version: "v2", modules: [{ path: input }] }),
      "--template",
      JSON.stringify({ version: "v2", plugins }),
    ],
    { encoding: "utf8", env: { ...process.env, PATH: `node_modules/.bin:${process.env["PATH"]}` } },
  );
  if (status !== 0) {
    throw new Error(`buf generate failed: ${error?.message ?? stderr}`);
  }
}
