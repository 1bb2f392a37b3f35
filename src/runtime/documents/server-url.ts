import type { ServedDocument } from "./documents-door.ts";

/**
 * The text of a document with the server's own URL: of an OpenAPI document the
 * scheme and the host of its server are replaced, and the path stays. Other
 * documents name no server.
 */
export function withServerUrl({ path, text }: ServedDocument, url: string | undefined): string {
  if (url === undefined || !path.endsWith(".json")) {
    return text;
  }
  // JSON escapes quotes in strings, so that only the member itself looks like this.
  return text.replace(
    /^( {2}"servers": \[\s*\{\s*"url": )"https?:\/\/[^/"]*([^"]*)"/m,
    (_, head: string, rest: string) => `${head}${JSON.stringify(url + rest)}`,
  );
}
