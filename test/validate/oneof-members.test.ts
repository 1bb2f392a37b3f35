import { describe, expect, it } from "vitest";
import { runPlugin } from "../generator/run-plugin.ts";

const proto = `syntax = "proto3";
package a.v1;
import "buf/validate/validate.proto";
message A {
  oneof choice {
    string one = 1 [(buf.validate.field).string.min_len = 1];
    string two = 2 [(buf.validate.field).string.max_len = 2];
    string three = 3 [(buf.validate.field).required = true];
    string four = 4 [(buf.validate.field).string.max_len = 4];
  }
}`;

/** The conditions that the validator prints, a line each, indented as they are. */
function conditions(parameter: string): string[] {
  const text = runPlugin({ "a/v1/a.proto": proto }, parameter)["a/v1/a.validate.ts"] ?? "";
  return text.split("\n").flatMap((line) => /^ *if \(.*(?=\) (?:\{|violations))/.exec(line) ?? []);
}

describe("members of a oneof", () => {
  it.each([
    ["model=ts-proto", "message.choice?.$case"],
    ["model=protobuf-es", "message.choice.case"],
  ])("are looked at together where one is set, but for required ones (%s)", (model, selected) => {
    expect(conditions(model)).toEqual([
      `  if (${selected} !== undefined`,
      `    if (${selected} === "one"`,
      `      if (message.choice.value === ""`,
      `    if (${selected} === "two"`,
      "      if (!hasMaxLength(message.choice.value, 2)",
      `  if (!(${selected} === "three")`,
      `  if (${selected} === "four"`,
      "    if (!hasMaxLength(message.choice.value, 4)",
    ]);
  });
});
