import type { HttpRequest } from "../http/exchange.ts";
import { sessionHeader } from "./cancellation.ts";

/** What the SDK looks at. */
const forwarded = [
  "accept",
  "content-type",
  "last-event-id",
  "mcp-method",
  "mcp-name",
  "mcp-protocol-version",
  sessionHeader,
];

/**
 * A request as the SDK takes it. Its body is handed over apart, because it is
 * read and checked by then.
 */
export function webRequest(request: HttpRequest, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const name of forwarded) {
    const value = request.headers.get(name);
    if (value !== undefined) {
      headers.set(name, value);
    }
  }
  // The SDK serves whatever it is handed, so the address says nothing.
  return new Request("http://localhost/", { method: request.method, headers, signal });
}
