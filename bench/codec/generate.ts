// Generates the codecs that are measured: botwire's for both models and for size, those of
// ts-proto with and without its JSON methods, and protobufjs' static module.
import { globSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  botwirePlugin,
  bufGenerate,
  esOptions,
  generateOnce,
  runTool,
  tsProtoOptions,
} from "../generate-code.ts";

const protos = "bench/codec/proto";
const sources = [
  `${protos}/**/*.proto`,
  "bench/codec/generate.ts",
  "bench/generate-code.ts",
  "src/generator/**/*.ts",
];

/** Generates if something has changed, and returns the folder of the output. */
export function generate(): string {
  return generateOnce("bench/codec/generated", sources, (out) => {
    bufGenerate(protos, [
      { local: "protoc-gen-es", out: join(out, "es"), opt: esOptions },
      {
        local: "protoc-gen-ts_proto",
        out: join(out, "types"),
        opt: [...tsProtoOptions, "outputJsonMethods=false"],
      },
      { local: "protoc-gen-ts_proto", out: join(out, "ts-proto-json"), opt: tsProtoOptions },
      { local: botwirePlugin, out: join(out, "ts-proto"), opt: ["model=ts-proto"] },
      { local: botwirePlugin, out: join(out, "compact"), opt: ["optimize_for=code_size"] },
      { local: botwirePlugin, out: join(out, "protobuf-es"), opt: ["model=protobuf-es"] },
    ]);
    protobufjs();
  });
}

/** Where protobufjs' code is: beside its run-time library. */
export const protobufjsModule = "bench/peers/generated/protobufjs.js";

function protobufjs(): void {
  mkdirSync(dirname(protobufjsModule), { recursive: true });
  const args = ["-t", "static-module", "-w", "es6", "-p", protos, "-o", protobufjsModule];
  runTool("bench/peers/node_modules/.bin/pbjs", [
    ...args,
    ...globSync(`${protos}/**/*.proto`).sort(),
  ]);
}
