const name = /^:?[0-9a-zA-Z!#$%&'*+,\-.^_|~`]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what headers must not contain
const looseName = /^[^\x00\n\r]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what headers must not contain
const value = /^[^\x00-\x08\n-\x1f\x7f]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what headers must not contain
const looseValue = /^[^\x00\n\r]*$/;

/** Whether a text is the name of an HTTP header, or of a pseudo-header. */
export function isHttpHeaderName(text: string): boolean {
  return name.test(text);
}

/** Whether a text can do for a header's name: anything on one line. */
export function isLooseHttpHeaderName(text: string): boolean {
  return looseName.test(text);
}

/** Whether a text is the value of an HTTP header. */
export function isHttpHeaderValue(text: string): boolean {
  return value.test(text);
}

/** Whether a text can do for a header's value: anything on one line. */
export function isLooseHttpHeaderValue(text: string): boolean {
  return looseValue.test(text);
}
