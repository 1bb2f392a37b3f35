import { spawnSync } from "node:child_process";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { CodeGeneratorRequestSchema, CodeGeneratorResponseSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { protocGenBotwire } from "../../src/generator/plugin.ts";
import { version } from "../../src/generator/version.ts";
import { version as runtimeVersion } from "../../src/runtime/version.ts";
import { generatorRequest } from "./compile-proto.ts";
import { runPlugin } from "./run-plugin.ts";

const caller = {
  "zoo/v1/zoo.proto": `syntax = "proto3";
package zoo.v1;
import "bot/action/v1/action.proto";
message Visit {
  bot.action.v1.Caller caller = 1;
  map<string, bot.action.v1.PayloadFormat> formats = 2;
}
service Zoo {
  rpc Enter(bot.action.v1.Caller) returns (Visit);
}`,
};

function imports(content: string | undefined): string[] {
  return [...(content ?? "").matchAll(/from "([^"]*)"/g)].map(([, from]) => from ?? "");
}

/** What is imported from packages, but not from the entry points of botwire. */
function foreignImports(outputs: Record<string, string>): string[] {
  const all = Object.values(outputs).flatMap((content) => imports(content));
  return [...new Set(all)].filter((from) => /^[^.].*\/gen\//.test(from)).sort();
}

describe("messages that are generated elsewhere", () => {
  it("come from botwire's package if they are its own", () => {
    expect(foreignImports(runPlugin(caller))).toEqual([
      "botwire/gen/actions/bot/action/v1/action.codec.js",
      "botwire/gen/actions/bot/action/v1/action.js",
      "botwire/gen/actions/bot/action/v1/action.shape.js",
      "botwire/gen/types/bot/action/v1/action.js",
    ]);
    expect(foreignImports(runPlugin(caller, "model=protobuf-es"))).toEqual([
      "botwire/gen/actions-es/bot/action/v1/action.codec.js",
      "botwire/gen/actions-es/bot/action/v1/action.js",
      "botwire/gen/actions-es/bot/action/v1/action.shape.js",
      "botwire/gen/es/bot/action/v1/action_pb.js",
    ]);
  });

  it("come from where the option says", () => {
    const parameter = "map_imports=bot/**/*.proto:@acme/contracts/gen/";
    expect(foreignImports(runPlugin(caller, parameter))).toEqual([
      "@acme/contracts/gen/actions/bot/action/v1/action.codec.js",
      "@acme/contracts/gen/actions/bot/action/v1/action.js",
      "@acme/contracts/gen/actions/bot/action/v1/action.shape.js",
      "@acme/contracts/gen/types/bot/action/v1/action.js",
    ]);
  });

  it("are generated like others if they are asked for", () => {
    const request = generatorRequest(caller);
    request.fileToGenerate.push("bot/action/v1/action.proto");
    const codec = protocGenBotwire
      .run(request)
      .file.find((file) => file.name === "zoo/v1/zoo.codec.ts");
    expect(imports(codec?.content)).toContain("../../bot/action/v1/action.codec.ts");
  });
});

describe("what is generated", () => {
  const files = {
    "b/v1/b.proto": `syntax = "proto3"; package b.v1; import "a/v1/a.proto";
      service B { rpc Go(a.v1.A) returns (a.v1.A); } enum E { E_UNSPECIFIED = 0; }`,
    "a/v1/a.proto": `syntax = "proto3"; package a.v1; message A { repeated A a = 1; }`,
  };

  it("does not depend on the order of files in the request", () => {
    const forth = generatorRequest(files);
    const back = generatorRequest(files);
    back.fileToGenerate.reverse();
    back.sourceFileDescriptors.reverse();
    const output = (request: typeof forth) =>
      protocGenBotwire.run(request).file.sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(output(back)).toEqual(output(forth));
  });

  it("leaves out what has no content", () => {
    expect(Object.keys(runPlugin(files)).sort()).toEqual([
      "a/v1/a.codec.ts",
      "a/v1/a.shape.ts",
      "a/v1/a.ts",
      "b/v1/b.codec.ts",
      "b/v1/b.connect.ts",
      "b/v1/b.ts",
    ]);
    expect(runPlugin({ "empty.proto": `syntax = "proto3";` })).toEqual({});
  });

  it("never has the well-known types, or the rules", () => {
    const request = generatorRequest({
      "zoo.proto": `syntax = "proto3"; import "google/protobuf/any.proto";
        import "buf/validate/validate.proto"; message Zoo { google.protobuf.Any any = 1; }`,
    });
    request.fileToGenerate = request.protoFile.map(({ name }) => name);
    expect(protocGenBotwire.run(request).file.map(({ name }) => name)).toEqual([
      "zoo.codec.ts",
      "zoo.shape.ts",
      "zoo.ts",
    ]);
  });

  it("ends with one line break, and has no trailing spaces", () => {
    for (const content of Object.values(runPlugin(files))) {
      expect(content).toMatch(/[^\n]\n$/);
      expect(content).not.toMatch(/[ \t]$/m);
    }
  });

  it("carries the version that the run time knows", () => {
    expect(version).toBe(runtimeVersion);
    expect(runPlugin(files)["a/v1/a.ts"]).toContain(`defineMessage("${version}", {`);
  });
});

describe("protoc-gen-botwire as a program", () => {
  const run = (request: Uint8Array) =>
    spawnSync("node", ["src/generator/protoc-gen-botwire.ts"], { input: request });

  it("answers a request", () => {
    const request = generatorRequest(caller);
    const { stdout, status } = run(toBinary(CodeGeneratorRequestSchema, request));
    expect(status).toBe(0);
    expect(fromBinary(CodeGeneratorResponseSchema, stdout)).toEqual(protocGenBotwire.run(request));
  });

  it("says its version, and takes no other argument", () => {
    const start = (argument: string) =>
      spawnSync("node", ["src/generator/protoc-gen-botwire.ts", argument], { encoding: "utf8" });
    expect(start("--version")).toMatchObject({
      status: 0,
      stdout: `protoc-gen-botwire ${version}\n`,
    });
    expect(start("zoo.proto")).toMatchObject({
      status: 1,
      stderr:
        "protoc-gen-botwire: unknown argument zoo.proto: buf starts this plugin, see buf.gen.yaml\n",
    });
  });

  it("says which problems there are, and fails", () => {
    const request = generatorRequest({
      "zoo.proto": `syntax = "proto3"; message class {} message function {}`,
    });
    const { stderr, status } = run(toBinary(CodeGeneratorRequestSchema, request));
    expect(status).toBe(1);
    expect(String(stderr)).toBe(
      `protoc-gen-botwire: 2 problems in .proto files
zoo.proto:1:20: ts-proto prints invalid code for a message named "class": rename it, or use the option model=protobuf-es
zoo.proto:1:37: ts-proto prints invalid code for a message named "function": rename it, or use the option model=protobuf-es
`,
    );
  });
});
