import { ActionError } from "../action/error.ts";
import type { HeaderReader } from "../action/headers.ts";

/** Throws an `ActionError` if a page of a foreign origin sent the request. */
export type OriginCheck = (headers: HeaderReader) => void;

/**
 * Checks the `Origin` of requests, as the transport of MCP demands: a page
 * whose host name is made to resolve to this server (DNS rebinding) could
 * otherwise use it from the browser of whoever can reach it.
 *
 * Requests without the header come from no page. Those of pages on this
 * machine are let through, because they could not have been rebound.
 *
 * @param origins what is let through beside them
 */
export function originCheck(origins: readonly string[] | "*"): OriginCheck {
  if (origins === "*") {
    return () => {};
  }
  const allowed = new Set(origins.map(checkedOrigin));
  return (headers) => {
    const origin = headers.get("origin");
    if (origin !== undefined && !allowed.has(origin) && !loopback.test(origin)) {
      throw new ActionError(
        "permission_denied",
        `pages of the origin ${JSON.stringify(origin.slice(0, 200))} are not let in`,
      );
    }
  };
}

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

function checkedOrigin(origin: string): string {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw new Error(
      `mcp door: origins: ${JSON.stringify(origin)} is not an origin: write scheme, host and port only, such as https://app.example.com`,
    );
  }
  return origin;
}
