/**
 * Adds headers that hooks and errors brought along to those of an answer.
 * What frames the answer is the door's alone, and what HTTP cannot carry is
 * left out: one bad value must not cost the whole answer.
 */
export function addHeaders(headers: string[], more: ReadonlyMap<string, string>): void {
  for (const [name, value] of more) {
    if (!framing.has(name) && isHeader(name, value)) {
      headers.push(name, value);
    }
  }
}

/** Whether HTTP can carry a header whose name is in lower case. */
export function isHeader(name: string, value: string): boolean {
  return token.test(name) && fieldValue.test(value);
}

const framing = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "x-trace-id",
]);

// https://www.rfc-editor.org/rfc/rfc9110#name-fields. HTTP/2 allows lower case only.
const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
