import type { AnyDesc, DescFile } from "@bufbuild/protobuf";
import { parentTypes } from "@bufbuild/protobuf/reflect";
import { sourceLocation } from "./source-location.ts";

/**
 * The comment of a declaration, leading before trailing, without the marks of
 * comments, the indentation that all lines share, and directives for buf.
 * Empty without a comment.
 */
export function commentOf(desc: Exclude<AnyDesc, DescFile>): string {
  const location = sourceLocation(desc);
  return [location?.leadingComments, location?.trailingComments]
    .map((comment) => tidy(comment ?? ""))
    .filter((comment) => comment !== "")
    .join("\n\n");
}

/** Whether a declaration, or one around it, is marked as deprecated. */
export function isDeprecated(desc: Exclude<AnyDesc, DescFile>): boolean {
  switch (desc.kind) {
    case "oneof":
      return false;
    case "rpc":
    case "field":
    case "enum_value":
      return desc.deprecated;
    default:
      return desc.deprecated || parentTypes(desc).some((parent) => parent.deprecated);
  }
}

function tidy(comment: string): string {
  const lines = comment
    .replace(/^\*+/, "") // of a comment that begins with "/**"
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trimEnd())
    .filter((line) => !/^\s*buf:lint:ignore\b/.test(line));
  const indents = lines.filter((line) => line !== "").map((line) => line.search(/\S/));
  const indent = indents.reduce((least, next) => Math.min(least, next), Number.POSITIVE_INFINITY);
  return lines
    .map((line) => line.slice(indent))
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}
