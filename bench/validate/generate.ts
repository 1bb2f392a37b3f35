// Generates the validators that are measured, for both message models.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  botwirePlugin,
  bufGenerate,
  esOptions,
  generateOnce,
  tsProtoOptions,
} from "../generate-code.ts";
import { manyMessages } from "./many-messages.ts";

const protos = "bench/validate/proto";
const sources = [
  `${protos}/**/*.proto`,
  "bench/validate/*.ts",
  "bench/generate-code.ts",
  "src/generator/**/*.ts",
];

/** Generates if something has changed, and returns the folder of the output. */
export function generate(): string {
  return generateOnce("bench/validate/generated", sources, (out) => {
    const input = join(out, "proto");
    mkdirSync(input);
    cpSync(protos, input, { recursive: true });
    cpSync("vendor/buf", join(input, "buf"), { recursive: true });
    writeFileSync(join(input, "bench/validate/v1/one.proto"), manyMessages("one", 1));
    writeFileSync(join(input, "bench/validate/v1/many.proto"), manyMessages("many", 200));
    const plugins = [
      { local: "protoc-gen-es", out: join(out, "es"), opt: esOptions },
      {
        local: "protoc-gen-ts_proto",
        out: join(out, "types"),
        opt: [...tsProtoOptions, "outputJsonMethods=false"],
      },
      { local: botwirePlugin, out: join(out, "ts-proto"), opt: ["model=ts-proto"] },
      { local: botwirePlugin, out: join(out, "protobuf-es"), opt: ["model=protobuf-es"] },
    ];
    bufGenerate(input, plugins, join(input, "bench"));
  });
}
