import { execFileSync } from "node:child_process";
import { clone, createRegistry, equals, fromBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { expect, it } from "vitest";

it("the derived validate.proto compiles to the descriptor that it was derived from", () => {
  const image = execFileSync("buf", [
    "build",
    "vendor",
    "--as-file-descriptor-set",
    "--exclude-source-info",
    "--output=-#format=binpb",
  ]);
  const compiled = fromBinary(FileDescriptorSetSchema, image).file.find(
    (file) => file.name === "buf/validate/validate.proto",
  );
  if (compiled === undefined) {
    throw new Error("buf build lost the file");
  }
  const original = clone(FileDescriptorProtoSchema, file_buf_validate_validate.proto);
  // Only one of them spells out the JSON names that follow from the names.
  for (const file of [compiled, original]) {
    for (const field of [...file.extension, ...file.messageType.flatMap(fieldsBelow)]) {
      field.jsonName = "";
    }
  }
  // Custom options are unknown fields here.
  const everything = { unknown: true, registry: createRegistry() };
  expect(equals(FileDescriptorProtoSchema, compiled, original, everything)).toBe(true);
});

function fieldsBelow(message: DescriptorProto): DescriptorProto["field"] {
  return [...message.field, ...message.extension, ...message.nestedType.flatMap(fieldsBelow)];
}
