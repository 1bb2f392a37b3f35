import { describe, expect, it } from "vitest";
import { pluginError, runPlugin } from "./run-plugin.ts";

const proto = (body: string) => `syntax = "proto3";
package zoo.v1;
import "bot/action/v1/options.proto";
${body}`;

/** What is printed for the option, by the name of the schema. */
function scansOf(body: string, parameter?: string): Record<string, string> {
  const contract = runPlugin({ "zoo/v1/zoo.proto": proto(body) }, parameter)["zoo/v1/zoo.ts"] ?? "";
  const schemas = contract.matchAll(
    /const (\w+)Schema: .*\n(?: {2}\w+: .*,\n)*? {2}scan: \[\n([\s\S]*?)\n {2}\],/g,
  );
  return Object.fromEntries(
    [...schemas].map(([, name = "", fields = ""]) => [name, fields.replace(/\s+/g, " ").trim()]),
  );
}

const letter = `
message Letter {
  string the_text = 1 [(bot.action.v1.field).scan = true];
  oneof extra {
    bytes raw_data = 2 [(bot.action.v1.field) = {scan: true}];
    Sheet sheet = 3;
  }
  map<string, Sheet> more = 4;
  Letter answer_to = 5;
  Stamp stamp = 6;
  Stamp scanned = 7 [(bot.action.v1.field).scan = true];
  int32 weight = 8 [(bot.action.v1.field).scan = false];
}
message Sheet { repeated string lines = 1 [(bot.action.v1.field).scan = true]; Sheet next = 2; }
message Stamp { string text = 1; Stamp twin = 2; }`;

describe("fields that are scanned", () => {
  it.each([undefined, "model=protobuf-es"])("are printed where they are (%s)", (parameter) => {
    expect(scansOf(letter, parameter)).toEqual({
      Letter: [
        `{ name: "the_text", property: "theText", },`,
        `{ name: "raw_data", property: "rawData", group: "extra", },`,
        `{ name: "sheet", property: "sheet", group: "extra", message: () => SheetSchema, },`,
        `{ name: "more", property: "more", map: true, message: () => SheetSchema, },`,
        `{ name: "answer_to", property: "answerTo", message: () => LetterSchema, },`,
        `{ name: "scanned", property: "scanned", },`,
      ].join(" "),
      Sheet: `{ name: "lines", property: "lines", }, { name: "next", property: "next", message: () => SheetSchema, },`,
    });
  });

  it("hold something to scan", () => {
    const body = `message Box {
  bool open = 1 [(bot.action.v1.field).scan = true];
  map<string, int32> sizes = 2 [(bot.action.v1.field) = {scan: true}];
}`;
    expect(pluginError({ "zoo/v1/zoo.proto": proto(body) })).toBe(
      `2 problems in .proto files
zoo/v1/zoo.proto:5:18: "open" holds neither text nor bytes, so there is nothing to scan: remove (bot.action.v1.field).scan
zoo/v1/zoo.proto:6:58: "sizes" holds neither text nor bytes, so there is nothing to scan: remove (bot.action.v1.field).scan`,
    );
  });
});
