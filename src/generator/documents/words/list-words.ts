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

/** What isn't closed by a mark gets a full stop. */
function closed(part: string): string {
  return /[.!?:;。！？：；…]["')\]`”’）]*$/.test(part) ? part : `${part}.`;
}

/** After a paragraph of its own, such as a list, words begin a new one. */
function join(text: string, part: string): string {
  if (text === "") {
    return part;
  }
  return /\n[^\n]*$/.test(text) ? `${text}\n${part}` : `${text} ${part}`;
}
