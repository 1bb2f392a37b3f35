/** A list in a sentence: `a, b or c`. */
export function listWords(items: readonly string[], conjunction: "and" | "or"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/** A text in a sentence: in quotes, so that it can't be taken for words of the sentence. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Sentences, each closed, as one text. */
export function sentences(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map(closed)
    .reduce((text, part) => join(text, part), "");
}

/**
 * A comment, and sentences after it. Those that the comment says in the same
 * words are left out.
 */
export function commented(comment: string, words: readonly string[]): string {
  return sentences([comment, ...words.filter((word) => !says(comment, word.replace(/\.$/, "")))]);
}

function says(comment: string, text: string): boolean {
  const at = text === "" ? -1 : comment.indexOf(text);
  return (
    at >= 0 &&
    // Not as a part of a longer word or number.
    !/[\w.-]$/.test(comment.slice(Math.max(0, at - 1), at)) &&
    !/^(?:[\w-]|\.\d)/.test(comment.slice(at + text.length, at + text.length + 2))
  );
}

/** What isn't closed by a mark gets a full stop, but for the last item of a list. */
function closed(part: string): string {
  return /[.!?:;。！？：；…]["')\]`”’）]*$/.test(part) || /(?:^|\n)[-*+] [^\n]*$/.test(part)
    ? part
    : `${part}.`;
}

/** After a paragraph of its own, such as a list, words begin a new one. */
function join(text: string, part: string): string {
  if (text === "") {
    return part;
  }
  return /\n[^\n]*$/.test(text) ? `${text}\n${part}` : `${text} ${part}`;
}
