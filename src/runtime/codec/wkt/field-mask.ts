import type { FieldMask as FieldMaskMessage } from "@bufbuild/protobuf/wkt";
import type { JsonReader } from "../json-reader.ts";
import type { JsonValue } from "../json-value.ts";
import type { JsonWriter } from "../json-writer.ts";
import { quote } from "../problem.ts";

/** Reads a FieldMask: lowerCamelCase paths, separated by commas. Returns them as the .proto spells them. */
export function readFieldMask(json: unknown, input: JsonReader): string[] {
  if (!input.deeper()) {
    return [];
  }
  if (typeof json !== "string") {
    input.expected("comma-separated paths", json);
    return [];
  }
  if (json.includes("_")) {
    input.problem("expected lowerCamelCase paths, got one with an underscore");
    return [];
  }
  return json === "" ? [] : json.split(",").map(snakeCase);
}

/** Reads a FieldMask as protobuf-es keeps it. */
export function readFieldMaskMessage(json: unknown, input: JsonReader): FieldMaskMessage {
  return { $typeName: "google.protobuf.FieldMask", paths: readFieldMask(json, input) };
}

/** Writes the paths of a FieldMask. */
export function writeFieldMask(paths: readonly string[], output: JsonWriter): JsonValue {
  if (!Array.isArray(paths)) {
    return output.expected("list of paths", paths);
  }
  const lossy = paths.find((path) => snakeCase(camelCase(path)) !== path);
  return lossy === undefined
    ? paths.map(camelCase).join(",")
    : output.refuse(`the path ${quote(lossy)} can't be read back from lowerCamelCase`);
}

/** Writes a FieldMask as protobuf-es keeps it. */
export function writeFieldMaskMessage(mask: FieldMaskMessage, output: JsonWriter): JsonValue {
  return writeFieldMask(mask.paths, output);
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

/** As protoc makes a JSON name: a letter after underscores becomes upper case, a digit stays. */
function camelCase(path: string): string {
  return path.replace(/_+(.?)/gs, (_, char: string) => char.toUpperCase());
}
