import type { FieldMask as FieldMaskMessage } from "@bufbuild/protobuf/wkt";
import { camelCase } from "../camel-case.ts";
import type { JsonInput } from "../json-input.ts";
import type { JsonOutput } from "../json-output.ts";
import { quote } from "../problem.ts";

/** Reads a FieldMask: lowerCamelCase paths, separated by commas. Returns them as the .proto spells them. */
export function readFieldMask(input: JsonInput): string[] {
  input.checkDepth();
  const text = input.text("comma-separated paths");
  if (text?.includes("_")) {
    input.problem("expected lowerCamelCase paths, got one with an underscore");
  }
  return text ? text.split(",").map(snakeCase) : [];
}

/** Reads a FieldMask as protobuf-es keeps it. */
export function readFieldMaskMessage(input: JsonInput): FieldMaskMessage {
  return { $typeName: "google.protobuf.FieldMask", paths: readFieldMask(input) };
}

/** Writes the paths of a FieldMask. */
export function writeFieldMask(paths: readonly string[], output: JsonOutput): void {
  if (!Array.isArray(paths)) {
    output.expected("list of paths", paths);
    return;
  }
  const lossy = paths.find((path) => snakeCase(camelCase(path)) !== path);
  if (lossy === undefined) {
    output.string(paths.map(camelCase).join(","));
  } else {
    output.refuse(`the path ${quote(lossy)} can't be read back from lowerCamelCase`);
  }
}

/** Writes a FieldMask as protobuf-es keeps it. */
export function writeFieldMaskMessage(mask: FieldMaskMessage, output: JsonOutput): void {
  writeFieldMask(mask.paths, output);
}

/** Completes an initializer of a FieldMask. */
export function initFieldMask(paths: readonly (string | undefined)[]): string[] {
  return paths.map((path) => path ?? "");
}

/** Completes an initializer of a FieldMask as protobuf-es keeps it. */
export function initFieldMaskMessage(init: {
  readonly paths?: readonly (string | undefined)[] | undefined;
}): FieldMaskMessage {
  return { $typeName: "google.protobuf.FieldMask", paths: initFieldMask(init.paths ?? []) };
}

function snakeCase(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
