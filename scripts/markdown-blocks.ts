/** A fenced block of code in a Markdown text. */
export interface CodeBlock {
  /** The word after the fence, for example `ts`. */
  readonly language: string;
  /** The file that the block is, if its first line is a comment with a path. */
  readonly file: string | undefined;
  readonly text: string;
  /**
   * What belongs before the text, but would only distract readers: the lines of
   * a comment `<!-- before` right above the block.
   */
  readonly hidden: string;
}

/** Finds the fenced blocks of code in a Markdown text. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const pattern = /(?:^<!-- before\n([\s\S]*?)^-->\n)?^```(\w+)\n([\s\S]*?)^```$/gm;
  return [...markdown.matchAll(pattern)].map(([, hidden = "", language = "", text = ""]) => ({
    language,
    file: /^(?:\/\/|#) ([\w./-]+\.(?:proto|ts|yaml))\n/.exec(text)?.[1],
    text,
    hidden,
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
