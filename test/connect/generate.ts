// Generates the stubs of the test contract, and those of gRPC's own services:
// `node test/connect/generate.ts`. A test proves that they are fresh.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const modules = ["proto", "vendor", "test/connect/proto"].map((path) => ({ path }));

const es = ["target=ts", "import_extension=ts", "erasable_syntax=true"];

/** What has the stubs of the test contract, below the folder that is given. */
export const wireFolder = "test/connect/generated";

/** What has the stubs of gRPC's own services. */
export const grpcFolder = "src/runtime/connect/grpc/gen";

/** Generates into the given folder instead of the repository's root. */
export function generate(root = "."): void {
  run(
    ["src/runtime/connect/grpc/proto"],
    [{ local: "protoc-gen-es", out: join(root, grpcFolder), opt: es }],
  );
  const wire = join(root, wireFolder);
  run(
    [
      ".",
      "--config",
      JSON.stringify({ version: "v2", modules }),
      "--path",
      "test/connect/proto/wire",
    ],
    [
      {
        local: "protoc-gen-es",
        out: join(wire, "es"),
        opt: [
          ...es,
          "map_imports=buf/validate/:@bufbuild/protovalidate/gen",
          "map_imports=bot/:botwire/gen/es",
        ],
      },
      {
        local: "protoc-gen-ts_proto",
        out: join(wire, "types"),
        opt: [
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
          "Mbot/action/v1/options.proto=unused",
        ],
      },
      {
        local: ["node", "-C", "@botwire/source", "src/generator/protoc-gen-botwire.ts"],
        out: join(wire, "actions"),
      },
      {
        local: ["node", "-C", "@botwire/source", "src/generator/protoc-gen-botwire.ts"],
        out: join(wire, "es-actions"),
        opt: ["model=protobuf-es"],
      },
    ],
  );
}

interface Plugin {
  readonly local: string | readonly string[];
  readonly out: string;
  readonly opt?: readonly string[];
}

function run(input: readonly string[], plugins: readonly Plugin[]): void {
  const template = {
    version: "v2",
    plugins: plugins.map((plugin) => ({ ...plugin, strategy: "all" })),
  };
  const { status, stderr } = spawnSync(
    "buf",
    ["generate", ...input, "--template", JSON.stringify(template)],
    {
      encoding: "utf8",
      env: { ...process.env, PATH: `node_modules/.bin:${process.env["PATH"]}` },
    },
  );
  if (status !== 0) {
    throw new Error(`buf generate failed: ${stderr}`);
  }
}

if (import.meta.main) {
  generate();
}
