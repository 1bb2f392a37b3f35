import { ActionError } from "../action/error.ts";

/** A value in a query; undefined ones are left out, lists are joined by commas. */
export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** One call of the platform's API. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Made by `pathOf` if it has parts that vary. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether it may be repeated, though nobody knows whether it was done. */
  readonly safe: boolean;
  /** How long one attempt may take, in milliseconds; for a stream, until it begins. */
  readonly timeoutMs?: number | undefined;
}

/**
 * A path with values in it, each a segment of its own whatever it holds. (The
 * SDK pastes them as they are, so that an id with `/` or `?` calls something else.)
 */
export function pathOf(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => `${path}${segment(values[index - 1] ?? "")}${part}`);
}

function segment(value: string): string {
  // Dots would name other folders, escaped or not, and nothing would vanish.
  if (/^\.{0,2}$/.test(value)) {
    throw new ActionError("invalid_argument", "an id for the bot platform is malformed", {
      cause: new Error(`${JSON.stringify(value)} is no id`),
    });
  }
  return encodeURIComponent(value);
}

/** The URL of a call, its query encoded. */
export function urlOf(baseUrl: string, { path, query = {} }: ApiRequest): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      params.append(name, typeof value === "object" ? value.join(",") : String(value));
    }
  }
  return params.size === 0 ? baseUrl + path : `${baseUrl}${path}?${params}`;
}

/** How a call is named in errors: without its query, which may hold what users said. */
export function operationOf({ method, path }: ApiRequest): string {
  return `${method} ${path}`;
}
