import { camelCase } from "../../codec/camel-case.ts";
import { quote } from "../../codec/problem.ts";
import { expected, isA, problem } from "../context.ts";
import { list } from "../list.ts";
import { string } from "../scalars/string.ts";
import type { ValueType } from "../value-type.ts";
import { unwrapped } from "./unwrapped.ts";

const snakeCase = (path: string) => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function read(json: unknown): string[] | undefined {
  if (typeof json !== "string") {
    return expected("comma-separated paths", json);
  }
  if (json.includes("_")) {
    return problem("expected lowerCamelCase paths, got one with an underscore");
  }
  return json === "" ? [] : json.split(",").map(snakeCase);
}

function write(paths: string[]): string | undefined {
  if (!isA("array", paths)) {
    return undefined;
  }
  const lossy = paths.find((path) => snakeCase(camelCase(path)) !== path);
  return lossy === undefined
    ? paths.map(camelCase).join(",")
    : problem(`the path ${quote(lossy)} can't be read back from lowerCamelCase`);
}

/** A `google.protobuf.FieldMask`: in JSON its paths in lowerCamelCase, separated by commas. */
export const fieldMask: ValueType<string[]> = /* @__PURE__ */ unwrapped(
  "paths",
  /* @__PURE__ */ list(string),
  read,
  write,
);
