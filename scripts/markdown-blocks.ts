/** A fenced block of code in a Markdown text. */
export interface CodeBlock {
  /** The word after the fence, for example `ts`. */
  readonly language: string;
  /** The file that the block is, if its first line is a comment with a path. */
  readonly file: string | undefined;
  readonly text: string;
}

/** Finds the fenced blocks of code in a Markdown text. */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", text = ""]) => ({
    language,
    file: /^(?:\/\/|#) ([\w./-]+\.(?:proto|ts|yaml))\n/.exec(text)?.[1],
    text,
  }));
}

/** The part of a Markdown text below a heading, up to the next of its level. */
export function section(markdown: string, heading: string): string {
  const level = /^#+/.exec(heading)?.[0] ?? "";
  const lines = markdown.split("\n");
  const start = lines.indexOf(heading);
  if (start < 0) {
    throw new Error(`there is no heading ${JSON.stringify(heading)}`);
  }
  const end = lines.findIndex((line, i) => i > start && line.startsWith(`${level} `));
  return lines.slice(start + 1, end < 0 ? undefined : end).join("\n");
}
