import { describe, expect, it } from "vitest";
import { freeForm } from "./free-form.ts";
import { runSpec, specError } from "./run-spec.ts";

const wayOut =
  ", or keep the action off platforms with (bot.action.v1.action).exclude, or leave coze out of the option target";

/** A service with one action whose request has these fields. */
function withFields(fields: string, more = ""): Record<string, string> {
  return {
    "zoo/v1/zoo.proto": `syntax = "proto3";
package zoo.v1;
import "google/protobuf/struct.proto";
import "buf/validate/validate.proto";
service ZooService { rpc Feed(FeedRequest) returns (FeedResponse); }
message FeedRequest {
${fields}
}
message FeedResponse { string text = 1; }
${more}
`,
  };
}

describe("what Coze can't carry is a problem with a place and a mend", () => {
  it.each([
    [
      "a map",
      withFields("map<string, string> labels = 1;"),
      'zoo/v1/zoo.proto:7:1: Coze drops a map such as "labels", because it keeps only what is declared by name: use a list of messages with a key and a value',
    ],
    [
      "free JSON",
      withFields("repeated google.protobuf.Struct rows = 1;"),
      'zoo/v1/zoo.proto:7:1: Coze drops free JSON such as "rows", because it keeps only what is declared by name: use a message with fields, or a string with JSON text',
    ],
    [
      "an object without fields",
      withFields("Marker marker = 1;", "message Marker {}"),
      'zoo/v1/zoo.proto:7:1: Coze drops an object without fields such as "marker", because it keeps only what is declared by name: use a bool',
    ],
    [
      "recursion",
      withFields("Node node = 1;", "message Node {\n  repeated Node children = 1;\n}"),
      `zoo/v1/zoo.proto:11:3: Coze can't express a message that contains itself, as zoo.v1.Node does through "children": send a list of entries that refer to each other by an id`,
    ],
  ])("%s", (_, files, message) => {
    expect(specError(files)).toBe(`1 problem in .proto files\n${message}${wayOut}`);
    expect(
      Object.keys(runSpec(files, "target=dify+openai+openapi+json-schema+markdown")),
    ).toHaveLength(Object.keys(runSpec(files, "target=json-schema")).length + 5);
  });

  it("a message that is huge when it is spelled out, without spelling it out", () => {
    const levels = Array.from(
      { length: 60 },
      (_, i) => `message L${i} { L${i + 1} a = 1; L${i + 1} b = 2; }`,
    );
    const files = withFields("L0 root = 1;", `${levels.join("\n")}\nmessage L60 { int32 n = 1; }`);
    expect(specError(files)).toContain("spelled out zoo.v1.FeedRequest has");
    const documents = runSpec(files, "target=dify+openai+openapi+markdown");
    expect(Object.values(documents).join("").length).toBeLessThan(200_000);
  });

  it("names and comments that are too long", () => {
    const long = `// ${"word ".repeat(130)}\nservice ZooService {`;
    const files = Object.fromEntries(
      Object.entries(withFields("string a = 1;")).map(([path, text]) => [
        path,
        text.replace("service ZooService {", long),
      ]),
    );
    expect(specError(files, "plugin=*:A name of far more than thirty characters")).toMatch(
      /Coze takes no plugin with the name .*\n.*the first paragraph of the comment of ZooService has 649 characters, and Coze takes at most 600/,
    );
  });

  it("examples that break the rules of their field", () => {
    const files = withFields(
      'string a = 1 [(buf.validate.field).string = {min_len: 3, example: "ab"}];',
    );
    expect(specError(files)).toMatch(
      /^1 problem in .proto files\nzoo\/v1\/zoo.proto:7:\d+: the example "ab" breaks the rules of the field: give another$/,
    );
  });

  it("all at once", () => {
    expect(specError(freeForm)).toContain("11 problems in .proto files");
  });
});
