import { createFileRegistry } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { createEcmaScriptPlugin } from "@bufbuild/protoplugin";
import { expect, it } from "vitest";
import { shapeName } from "../../src/generator/message-model/protobuf-es-names.ts";
import { compileProto, generatorRequest } from "./compile-proto.ts";

const files = {
  "a/a.proto": `syntax = "proto3"; package a;
    message class { message A {} enum B { X = 0; } }
    message class_A { message B {} }
    message class_A_B {}
    message Partial { message Object {} }
    message Object {}
    enum globalThis { Z = 0; }`,
  "b.proto": `syntax = "proto3"; message C { message a { message b {} } message a_b {} } message C_a_b {}`,
};

it("types are named as protoplugin names them", () => {
  const theirs = new Map<string, string>();
  createEcmaScriptPlugin({
    name: "names",
    version: "1",
    generateTs(schema) {
      for (const desc of schema.files.flatMap((file) => [...nestedTypes(file)])) {
        if (desc.kind === "message" || desc.kind === "enum") {
          theirs.set(desc.typeName, schema.generateFile("x.ts").importShape(desc).name);
        }
      }
    },
  }).run(generatorRequest(files, "target=ts"));
  const registry = createFileRegistry(compileProto(files));
  expect(theirs.size).toBe(15);
  for (const [typeName, name] of theirs) {
    const desc = registry.getMessage(typeName) ?? registry.getEnum(typeName);
    expect([typeName, desc && shapeName(desc)]).toEqual([typeName, name]);
  }
  expect([...theirs.values()]).toEqual(expect.arrayContaining(["class_A_B$", "C_a_b$", "C_a_b$1"]));
});
