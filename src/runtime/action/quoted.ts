/** The longest part of a caller's text that an error repeats. */
const quotedLength = 64;

/** A caller's text as an error repeats it. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > quotedLength ? `${text.slice(0, quotedLength)}...` : text);
}
