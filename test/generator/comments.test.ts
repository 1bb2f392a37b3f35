import { createFileRegistry } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { commentOf } from "../../src/generator/model/comments.ts";
import { compileProto } from "./compile-proto.ts";

it.each([
  ["// One line.\nmessage A {}", "One line."],
  [
    "// Several\n//   lines,\n//\n// and paragraphs.\nmessage A {}",
    "Several\n  lines,\n\nand paragraphs.",
  ],
  ["//No space.\nmessage A {}", "No space."],
  ["/* A block. */\nmessage A {}", "A block."],
  ["/**\n * A block\n *   of lines.\n */\nmessage A {}", "A block\n  of lines."],
  ["message A { // Trailing.\n}", "Trailing."],
  ["// Leading.\nmessage A {\n// Trailing.\n\n}", "Leading.\n\nTrailing."],
  ["// Detached.\n\nmessage A {}", ""],
  ["// Said.\n// buf:lint:ignore MESSAGE_PASCAL_CASE\nmessage A {}", "Said."],
  ["// buf:lint:ignore MESSAGE_PASCAL_CASE\nmessage A {}", ""],
  ["// Trailing spaces   \n// \t\nmessage A {}", "Trailing spaces"],
  ["message A {}", ""],
])("the comment of %j", (source, comment) => {
  const set = compileProto({ "a.proto": `syntax = "proto3";\n\n${source}` });
  const message = createFileRegistry(set).getMessage("A");
  expect(message && commentOf(message)).toBe(comment);
});
