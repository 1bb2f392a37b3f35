import type { AnyDesc, DescFile } from "@bufbuild/protobuf";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { commentOf, isDeprecated } from "../model/comments.ts";

/** Prints the comment of a declaration as JSDoc; nothing if there is none. */
export function printJsDoc(
  f: GeneratedFile,
  desc: Exclude<AnyDesc, DescFile>,
  indentation = "",
): void {
  const text = [commentOf(desc), ...(isDeprecated(desc) ? ["@deprecated"] : [])]
    .filter((part) => part !== "")
    .join("\n\n");
  if (text !== "") {
    f.print(f.jsDoc(visible(text), indentation));
  }
}

/**
 * Shows what is invisible. A comment could otherwise look different from what
 * it is, for example by turning the direction of the text.
 */
function visible(text: string): string {
  return text.replace(
    /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
