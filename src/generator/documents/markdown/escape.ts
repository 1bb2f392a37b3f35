/**
 * Text of a .proto in Markdown: what it looks like is what it is. Code in
 * backticks stays code; everything else that Markdown or HTML would take for
 * markup is escaped.
 */
export function escapeText(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part, i) => (i % 2 === 1 ? code(part.slice(1, -1)) : escapeMarkup(visible(part))))
    .join("");
}

/** Text in a cell of a table: one line, and no end of the cell. */
export function escapeCell(text: string): string {
  return escapeText(text.replace(/\s*\n\s*(?:- )?/g, "; ").replace(/:; /g, ": ")).replaceAll(
    "|",
    "\\|",
  );
}

/** Code in a line. */
export function code(text: string): string {
  const shown = visible(text).replace(/\s+/g, " ");
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const pad = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

function escapeMarkup(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&~]/g, (character) => entities[character] ?? `\\${character}`)
    .replace(/^([ \t]*)([-+#=])/gm, (_, indent: string, mark: string) =>
      // A list of the comment may stay one.
      mark === "-" ? `${indent}-` : `${indent}\\${mark}`,
    );
}

const entities: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** Shows what is invisible, or could turn the direction of the text around it. */
function visible(text: string): string {
  return text.replace(
    /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
