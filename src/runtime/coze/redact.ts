/** Tokens of the platform, and JSON Web Tokens, wherever they stand in a text. */
const tokens =
  /\b(?:(?:pat|sat|czs|czu|cztei)_[\w-]{8,}|eyJ[\w-]{8,}(?:\.[\w-]*){0,2})|(?<=\bBearer )\S+/gi;

/** The longest text of the platform that is kept. */
const longest = 500;

/**
 * A text that another server wrote, fit for a log: without tokens, on one line,
 * and not long.
 *
 * @param secrets what must not be in it, beside what looks like a token
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let safe = text.slice(0, 4 * longest);
  for (const secret of secrets) {
    if (secret !== "") {
      safe = safe.replaceAll(secret, "***");
    }
  }
  safe = safe
    .replace(tokens, "***")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .trim();
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe;
}

/**
 * Whether a text can be sent as a token. What cannot must never reach `fetch`,
 * whose errors quote the headers that they refuse.
 */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
