import { errorAnswer, requestTraceId } from "../http/answers.ts";
import type { Door } from "../http/door.ts";
import { checkedPath } from "../http/door-options.ts";
import type { HttpRequest, TextResponse } from "../http/exchange.ts";
import { checkedPublicUrl, requestUrl } from "./public-url.ts";
import { withServerUrl } from "./server-url.ts";

/** A document that a server hands out, as protoc-gen-botwire-spec wrote it. */
export interface ServedDocument {
  /** Relative to the output folder, for example `coze/almanac.openapi.json`. */
  readonly path: string;
  readonly text: string;
}

/** What a documents door can be told. */
export interface DocumentsDoorOptions {
  /** What is handed out: on Node `readDocuments("generated/spec")`. */
  readonly documents: readonly ServedDocument[];
  /**
   * Where platforms reach the server, for example `https://bot.example.com`.
   * Without it each document names the host that it was asked from.
   */
  readonly publicUrl?: string | undefined;
  /** What comes before the path of a document. `/documents` by default. */
  readonly basePath?: string | undefined;
}

/**
 * Hands out the documents that platforms import, with the server's own URL in
 * them: `GET /documents` lists them, `GET /documents/<path>` is one.
 */
export function documentsDoor(options: DocumentsDoorOptions): Door {
  const name = "documents";
  const basePath = checkedPath(`${name} door`, options.basePath ?? "/documents");
  const publicUrl =
    options.publicUrl === undefined
      ? undefined
      : checkedPublicUrl(`${name} door`, options.publicUrl);
  return {
    name,
    open() {
      const documents = new Map(
        options.documents.map((document) => [`${basePath}/${encodePath(document.path)}`, document]),
      );
      const paths = [...documents.keys()];
      const handle = async (request: HttpRequest): Promise<TextResponse> => {
        if (request.method !== "GET" && request.method !== "HEAD") {
          return refusal(request, 405, `${request.path} is read by GET, not ${request.method}`);
        }
        const url = publicUrl ?? requestUrl(request);
        if (request.path === basePath) {
          const list = paths.map((path) => `${url ?? ""}${path}`);
          return answer("application/json", `${JSON.stringify({ documents: list }, null, 2)}\n`);
        }
        const document = documents.get(request.path);
        return document === undefined
          ? refusal(request, 404, `there is no such document: GET ${basePath} lists them`)
          : answer(mediaType(document.path), withServerUrl(document, url));
      };
      return {
        routes: [
          { match: "exact", path: basePath, label: `GET ${basePath}` },
          { match: "prefix", path: `${basePath}/`, label: `GET ${basePath}/<path>` },
        ],
        handler: { kind: "exchange", handle },
        cors: { methods: ["GET"], requestHeaders: [], responseHeaders: [] },
      };
    },
  };
}

function answer(type: string, body: string): TextResponse {
  return {
    status: 200,
    // The text depends on who asks for it, if no public URL is given.
    headers: [
      "content-type",
      type,
      "cache-control",
      "no-store",
      "x-content-type-options",
      "nosniff",
    ],
    body,
  };
}

function refusal({ headers }: HttpRequest, status: 404 | 405, message: string): TextResponse {
  const code = status === 404 ? "not_found" : "unimplemented";
  const more = status === 405 ? ["allow", "GET, HEAD"] : [];
  return errorAnswer(status, code, message, requestTraceId(headers), more);
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function mediaType(path: string): string {
  return path.endsWith(".json") ? "application/json" : "text/markdown; charset=utf-8";
}
