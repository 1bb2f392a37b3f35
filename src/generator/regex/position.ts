import type { Assertion } from "./regex-node.ts";

/** What comes before a position, as far as assertions can tell. */
export type Before = "textStart" | "lineEnd" | "word" | "other";

export const textStart: Before = "textStart";

/** Stands for the next code point at the end of the text. */
export const atTextEnd = -1;

/** What comes before the position that follows a code point. */
export function after(codePoint: number): Before {
  if (codePoint === 0x0a) {
    return "lineEnd";
  }
  return isWord(codePoint) ? "word" : "other";
}

/** Whether an assertion holds between what came before and the next code point. */
export function holds(at: Assertion, before: Before, next: number): boolean {
  switch (at) {
    case "textStart":
      return before === "textStart";
    case "textEnd":
      return next === atTextEnd;
    case "lineStart":
      return before === "textStart" || before === "lineEnd";
    case "lineEnd":
      return next === atTextEnd || next === 0x0a;
    case "wordBoundary":
      return (before === "word") !== isWord(next);
    case "noWordBoundary":
      return (before === "word") === isWord(next);
  }
}

function isWord(codePoint: number): boolean {
  return (
    (codePoint >= 0x61 && codePoint <= 0x7a) ||
    (codePoint >= 0x41 && codePoint <= 0x5a) ||
    (codePoint >= 0x30 && codePoint <= 0x39) ||
    codePoint === 0x5f
  );
}
