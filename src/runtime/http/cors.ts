import type { HeaderReader } from "../action/headers.ts";
import { traceHeader } from "./answers.ts";
import type { OpenDoor } from "./door.ts";
import { retryAfterHeader } from "./retry-after.ts";

/** Which pages of other origins may call a server from a browser. */
export interface CorsOptions {
  /** Origins such as `https://app.example.com`, or `*` for every one. */
  readonly origins: readonly string[] | "*";
  /** Request headers that are allowed beside those that the doors need. */
  readonly requestHeaders?: readonly string[];
  /** Whether pages may send cookies. Not possible together with `*`. */
  readonly credentials?: boolean;
  /** How long browsers may remember the answer, in seconds. 7200 by default. */
  readonly maxAgeSeconds?: number;
}

/** Answers for CORS as https://fetch.spec.whatwg.org/#http-cors-protocol has it. */
export interface Cors {
  /** Headers for an answer to a page of this origin: names, each followed by its value. */
  headers(origin: string | undefined, door: OpenDoor): readonly string[];
  /** Headers of the answer to a preflight request. */
  preflight(origin: string | undefined, door: OpenDoor): readonly string[];
}

/** Whether a browser asks if it may send a request. */
export function isPreflight(method: string, headers: HeaderReader): boolean {
  return method === "OPTIONS" && headers.get("access-control-request-method") !== undefined;
}

/** Throws an error that names the mend if the options contradict each other. */
export function createCors(options: CorsOptions): Cors {
  const { origins, credentials = false, maxAgeSeconds = 7200 } = options;
  if (origins === "*" && credentials) {
    throw new Error('cors: list the origins instead of "*", browsers refuse credentials otherwise');
  }
  const listed = origins === "*" ? undefined : new Set(origins.map(checkedOrigin));

  const allowed = (origin: string | undefined): readonly string[] => {
    if (listed === undefined) {
      return ["access-control-allow-origin", "*"];
    }
    // The answer differs by origin, which caches have to know of every answer.
    if (origin === undefined || !listed.has(origin)) {
      return ["vary", "origin"];
    }
    const headers = ["vary", "origin", "access-control-allow-origin", origin];
    return credentials ? [...headers, "access-control-allow-credentials", "true"] : headers;
  };

  return {
    headers(origin, door) {
      const exposed = [traceHeader, retryAfterHeader, ...(door.cors?.responseHeaders ?? [])];
      return [...allowed(origin), "access-control-expose-headers", exposed.join(", ")];
    },
    preflight(origin, door) {
      const methods = door.cors?.methods ?? ["POST"];
      const headers = [
        ...new Set([
          "content-type",
          ...(door.cors?.requestHeaders ?? []),
          ...(options.requestHeaders ?? []),
        ]),
      ];
      return [
        ...allowed(origin),
        "access-control-allow-methods",
        methods.join(", "),
        "access-control-allow-headers",
        headers.join(", "),
        "access-control-max-age",
        String(maxAgeSeconds),
      ];
    },
  };
}

function checkedOrigin(origin: string): string {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw new Error(
      `cors: ${JSON.stringify(origin)} is not an origin: write scheme, host and port only, such as https://app.example.com`,
    );
  }
  return origin;
}
