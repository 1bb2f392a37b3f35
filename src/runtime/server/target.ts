/** What a request asks for. */
export interface Target {
  /** Begins with a slash, unless the request is `OPTIONS *`. Still percent-encoded. */
  readonly path: string;
  /** What follows the question mark; empty without one. */
  readonly query: string;
}

/** Reads the target of a request line, https://www.rfc-editor.org/rfc/rfc9112#name-request-target. */
export function readTarget(url: string): Target {
  const local = url.startsWith("/") ? url : withoutOrigin(url);
  const mark = local.indexOf("?");
  return mark < 0
    ? { path: local, query: "" }
    : { path: local.slice(0, mark), query: local.slice(mark + 1) };
}

/** Callers of proxies write the whole address. */
function withoutOrigin(url: string): string {
  const rest = /^https?:\/\/[^/?]*(.*)$/is.exec(url)?.[1];
  if (rest === undefined) {
    return url;
  }
  return rest.startsWith("/") ? rest : `/${rest}`;
}
