import { describe, expect, it } from "vitest";
import { pluginError, runPlugin } from "./run-plugin.ts";

const files = {
  "zoo/v1/zoo.proto": `syntax = "proto3"; package zoo.v1;
    service ZooService { rpc Feed(FeedRequest) returns (FeedResponse); }
    message FeedRequest {} message FeedResponse {}`,
};

const usage = `The options are:
  model=ts-proto|protobuf-es  whose message types to use (default ts-proto)
  optimize_for=speed|code_size  whether codecs are fast functions or small tables (default speed)
  types=<folder>  where ts-proto writes (default ../types)
  es=<folder>  where protoc-gen-es writes (default ../es)
  target=ts  TypeScript is all that is printed
  import_extension=ts|js|none  how relative imports end (default ts)
  map_imports=<pattern>:<target>  a package with types/, es/ and actions/ of .proto files generated elsewhere`;

describe("options that can't be followed", () => {
  it.each([
    ["modell=ts-proto", `unknown option "modell"`],
    ["toString=1", `unknown option "toString"`],
    ["__proto__=1", `unknown option "__proto__"`],
    ["model=zod", `option "model=zod": must be one of ts-proto, protobuf-es`],
    ["model", `option "model": must be one of ts-proto, protobuf-es`],
    ["target=js", `option "target=js": must be one of ts`],
    ["import_extension=.ts", `option "import_extension=.ts": must be one of ts, js, none`],
    ["es=../es,es=../es", `option "es" is given twice: keep one`],
    [
      "types=types",
      `option "types=types": must be a folder relative to the plugin's output that starts with "./" or "../"`,
    ],
    [
      "es=/gen",
      `option "es=/gen": must be a folder relative to the plugin's output that starts with "./" or "../"`,
    ],
    [
      "map_imports=acme",
      `option "map_imports=acme": must be <pattern>:<target>, for example acme/:@acme/contracts/gen`,
    ],
    ["optimize_for=size", `option "optimize_for=size": must be one of speed, code_size`],
    [
      "model=protobuf-es,optimize_for=code_size",
      `option "optimize_for=code_size" works only with model=ts-proto, because what is large with protobuf-es is its own library: leave it out`,
    ],
    [
      "model=protobuf-es,types=../types",
      `option "types" works only with model=ts-proto: leave it out`,
    ],
  ])("%s", (parameter, message) => {
    expect(pluginError(files, parameter)).toBe(`${message}\n${usage}`);
  });

  it("are all told at once", () => {
    expect(pluginError(files, "a=1,model=x,b")).toBe(
      `unknown option "a"\noption "model=x": must be one of ts-proto, protobuf-es\nunknown option "b"\n${usage}`,
    );
  });
});

describe("options", () => {
  const imports = (parameter: string) =>
    Object.values(runPlugin(files, parameter))
      .flatMap((content) => [...content.matchAll(/from "([^"]*)"/g)].map(([, from]) => from))
      .filter((from) => from?.startsWith("."));

  it("have defaults", () => {
    expect(new Set(imports(""))).toEqual(
      new Set([
        "../../../types/zoo/v1/zoo.ts",
        "../../../es/zoo/v1/zoo_pb.ts",
        "./zoo.codec.ts",
        "./zoo.shape.ts",
        "./zoo.ts",
      ]),
    );
  });

  it("say where messages are", () => {
    expect(new Set(imports("types=../../a,es=./b/,import_extension=js"))).toEqual(
      new Set([
        "../../../../a/zoo/v1/zoo.js",
        "../../b/zoo/v1/zoo_pb.js",
        "./zoo.codec.js",
        "./zoo.shape.js",
        "./zoo.js",
      ]),
    );
    expect(new Set(imports("model=protobuf-es,es=../gen,import_extension=none"))).toEqual(
      new Set(["../../../gen/zoo/v1/zoo_pb", "./zoo.codec", "./zoo.shape", "./zoo"]),
    );
  });

  it("may say what is the default", () => {
    const code = runPlugin(files, "model=protobuf-es,optimize_for=speed")["zoo/v1/zoo.codec.ts"];
    expect(code).toContain("export function readFeedRequest");
  });

  it("may have spaces around them, and empty ones between", () => {
    expect(runPlugin(files, " model = protobuf-es ,, es=../es,")).toBeDefined();
  });

  it("stand at the top of generated files", () => {
    const content = runPlugin(files, "es=../gen,import_extension=js")["zoo/v1/zoo.ts"];
    expect(content).toContain(`with parameter "target=ts,import_extension=js,es=../gen"\n`);
  });
});
