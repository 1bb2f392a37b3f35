import type { AnyDesc, DescFile } from "@bufbuild/protobuf";
import { commentOf } from "../model/comments.ts";

/** The comment of a declaration without the line breaks that only keep lines short. */
export function unwrappedComment(desc: Exclude<AnyDesc, DescFile>): string {
  return unwrapComment(commentOf(desc));
}

/**
 * Joins the lines of each paragraph. Lines that begin a list item, a heading,
 * a quote or a table, or are indented, stay lines.
 */
export function unwrapComment(comment: string): string {
  return comment
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\n(?![ \t]|[-*+>#|] ?|\d+[.)] )/g, " "))
    .join("\n\n");
}

/** The first paragraph of an unwrapped comment. */
export function firstParagraph(comment: string): string {
  return comment.split("\n\n", 1)[0] ?? "";
}
