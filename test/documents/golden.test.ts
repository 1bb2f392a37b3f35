import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runSpec, specError } from "./run-spec.ts";
import { torture } from "./torture.ts";

const folder = "generated/spec";
const proto = "almanac/v1/almanac.proto";
const almanac = { [proto]: readFileSync(join("proto", proto), "utf8") };

describe("the documents of the example bot", () => {
  const documents = runSpec(almanac);

  it.each(Object.entries(documents))("%s is as it is kept", (path, content) => {
    expect(content).toBe(readFileSync(join(folder, path), "utf8"));
  });

  it("are all that is kept", () => {
    const files = globSync("**/*.{json,md,ts}", { cwd: folder }).sort();
    expect(files).toEqual(Object.keys(documents).sort());
  });
});

describe("documents", () => {
  it("are the same bytes each time, whatever the order of the files", () => {
    const other = { "a/v1/a.proto": 'syntax = "proto3"; package a.v1; message A { int32 b = 1; }' };
    const first = runSpec({ ...torture, ...almanac, ...other });
    expect(runSpec({ ...other, ...almanac, ...torture })).toEqual(first);
  });

  it("are those that the option target names", () => {
    const kinds = (parameter: string) => [
      ...new Set(Object.keys(runSpec(almanac, parameter)).map((path) => path.split("/")[0])),
    ];
    expect(kinds("target=markdown")).toEqual(["markdown"]);
    expect(kinds("target=coze+dify")).toEqual(["coze", "dify"]);
  });

  it("name the server and the paths of the options", () => {
    const options = "server=https://api.acme.com/bot,tool_path=/tools,callback_path=/hook";
    const documents = runSpec(almanac, options);
    expect(JSON.parse(documents["coze/almanac.openapi.json"] ?? "")).toMatchObject({
      servers: [{ url: "https://api.acme.com/bot/tools" }],
    });
    const { servers, paths } = JSON.parse(documents["openapi/openapi.json"] ?? "");
    expect(servers).toEqual([{ url: "https://api.acme.com/bot" }]);
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(["/tools/countdown", "/hook"]));
  });

  it.each([
    ["target=cozy", "must be some of coze, dify, openai"],
    ["target=coze+coze", "each once"],
    ["server=bot.example.com", "must be the URL of a server"],
    ["server=https://a.b/", "must be the URL of a server"],
    ["tool_path=actions", "must be a path that begins with a slash"],
    ["plugin=x", "must be <pattern>:<target>, for example almanac.v1.*:Day planner"],
    ["targets=coze", 'unknown option "targets"'],
  ])("are not written with %s", (parameter, message) => {
    expect(specError(almanac, parameter)).toContain(message);
  });
});
