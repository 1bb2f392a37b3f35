import { describe, expect, it } from "vitest";
import { pluginError, runPlugin } from "./run-plugin.ts";

const proto = (body: string) => `syntax = "proto3";
package zoo.v1;
import "bot/action/v1/options.proto";
import "buf/validate/validate.proto";
${body}`;

describe("fields that nothing reads", () => {
  it.each([undefined, "model=protobuf-es"])("are skipped by readers (%s)", (parameter) => {
    const body = `message Letter {
  string text = 1;
  repeated Letter history = 2 [(bot.action.v1.field).skip = true];
}`;
    const codec = runPlugin({ "zoo/v1/zoo.proto": proto(body) }, parameter)["zoo/v1/zoo.codec.ts"];
    expect(codec).toContain("      case 1:\n        input.skip();\n        break;\n");
    expect(codec).toContain("message.text = input.string();");
    expect(codec).toContain("writeList(output, fieldsLetter, 1, message.history, writeLetter);");
  });

  it("are not those that something needs", () => {
    const body = `message Box {
  string name = 1 [(bot.action.v1.field).skip = true, (buf.validate.field).string.min_len = 1];
  bytes file = 2 [(bot.action.v1.field) = {scan: true, skip: true}];
  oneof lid { bool open = 3 [(bot.action.v1.field).skip = true]; }
}`;
    expect(pluginError({ "zoo/v1/zoo.proto": proto(body) })).toBe(
      `3 problems in .proto files
zoo/v1/zoo.proto:6:20: "name" can't be skipped: it has rules, which have to be checked. Remove (bot.action.v1.field).skip, or that
zoo/v1/zoo.proto:7:56: "file" can't be skipped: it has content to scan. Remove (bot.action.v1.field).skip, or that
zoo/v1/zoo.proto:8:30: "open" can't be skipped: it is a member of the oneof "lid", and would choose it. Remove (bot.action.v1.field).skip, or that`,
    );
  });
});
