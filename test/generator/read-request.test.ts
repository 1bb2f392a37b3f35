import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { CodeGeneratorRequestSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { readRequest } from "../../src/generator/read-request.ts";
import { generatorRequest } from "./compile-proto.ts";

const request = generatorRequest(
  {
    "zoo/v1/zoo.proto": `syntax = "proto3"; package zoo.v1; import "google/protobuf/any.proto";
      // Who is there.
      message Zoo { google.protobuf.Any guest = 1; }`,
  },
  "target=ts",
);
const bytes = toBinary(CodeGeneratorRequestSchema, request);

describe("readRequest", () => {
  it("reads what is in a request", () => {
    expect(readRequest(bytes)).toEqual({
      ...fromBinary(CodeGeneratorRequestSchema, bytes),
      sourceFileDescriptors: [],
    });
  });

  it("takes the files to generate from where they have all options", () => {
    const sources = request.sourceFileDescriptors.map((file) => ({ ...file, package: "source" }));
    const split = [
      create(CodeGeneratorRequestSchema, { sourceFileDescriptors: sources }),
      create(CodeGeneratorRequestSchema, { protoFile: request.protoFile }),
    ].map((part) => toBinary(CodeGeneratorRequestSchema, part));
    const packages = (parts: readonly Uint8Array[]) =>
      readRequest(Buffer.concat(parts)).protoFile.map((file) => [file.name, file.package]);
    const expected = [
      ["google/protobuf/any.proto", "google.protobuf"],
      ["zoo/v1/zoo.proto", "source"],
    ];
    expect(packages(split)).toEqual(expected);
    expect(packages(split.toReversed())).toEqual(expected);
  });

  it("refuses a request that is cut off", () => {
    expect(() => readRequest(bytes.subarray(0, -1))).toThrow(RangeError);
    expect(readRequest(new Uint8Array())).toEqual(create(CodeGeneratorRequestSchema));
  });
});
