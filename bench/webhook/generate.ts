// Generates what the servers speak, and the modules that start them.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  botwirePlugin,
  bufGenerate,
  esOptions,
  generateOnce,
  tsProtoOptions,
} from "../generate-code.ts";

const protos = "bench/webhook/proto";
const sources = [
  `${protos}/**/*.proto`,
  "bench/webhook/generate.ts",
  "bench/generate-code.ts",
  "src/generator/**/*.ts",
];

/** The code of the modules that start a server each. All print `READY <port>`. */
const starters = {
  raw: starter("../../servers/raw.ts"),
  botwire: starter("../../servers/botwire.ts", "BotService", "actions/bench/webhook/v1/bot.ts"),
  connect: starter("../../servers/connect.ts", "CallbackService", "es/bench/webhook/v1/bot_pb.ts"),
  usual: starter("../../servers/usual.ts", "CallbackService", "es/bench/webhook/v1/bot_pb.ts"),
  telemetry: starter(
    "../../../telemetry/server.ts",
    "BotService",
    "actions/bench/webhook/v1/bot.ts",
  ),
};

/** The path of the module that starts a server, by the server's name. */
export type ServerModules = Readonly<Record<keyof typeof starters, string>>;

/** Generates if something has changed. */
export function generate(): ServerModules {
  const folder = generateOnce("bench/webhook/generated", sources, (out) => {
    const input = join(out, "proto");
    mkdirSync(input);
    cpSync(protos, input, { recursive: true });
    cpSync("vendor/buf", join(input, "buf"), { recursive: true });
    const plugins = [
      { local: "protoc-gen-es", out: join(out, "es"), opt: esOptions },
      {
        local: "protoc-gen-ts_proto",
        out: join(out, "types"),
        opt: [...tsProtoOptions, "outputJsonMethods=false"],
      },
      { local: botwirePlugin, out: join(out, "actions"), opt: [] },
    ];
    bufGenerate(input, plugins, join(input, "bench"));
    for (const [name, code] of Object.entries(starters)) {
      writeFileSync(join(out, `${name}.ts`), code);
    }
  });
  const module = (name: keyof typeof starters) => resolve(folder, `${name}.ts`);
  return {
    raw: module("raw"),
    botwire: module("botwire"),
    connect: module("connect"),
    usual: module("usual"),
    telemetry: module("telemetry"),
  };
}

function starter(server: string, contract = "", from = ""): string {
  const imports = contract === "" ? "" : `import { ${contract} } from "./${from}";\n`;
  return `${imports}import { serve } from "${server}";\nserve(${contract});\n`;
}
