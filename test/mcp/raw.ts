import type { Revision } from "./connect.ts";

/** A request that any HTTP client can send. */
export interface RawRequest {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const versionKey = "io.modelcontextprotocol/protocolVersion";
const capabilitiesKey = "io.modelcontextprotocol/clientCapabilities";

/** The request of a message, as a client of a revision sends it. */
export function rawRequest(
  revision: Revision,
  method: string,
  params: Record<string, unknown> = {},
): RawRequest {
  const headers = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": revision,
  };
  if (revision === "2025-11-25") {
    return { headers, body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }) };
  }
  const { name } = params;
  const meta = { [versionKey]: revision, [capabilitiesKey]: {}, ...metaOf(params) };
  return {
    headers: {
      ...headers,
      "mcp-method": method,
      ...(typeof name === "string" ? { "mcp-name": name } : {}),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta: meta } }),
  };
}

function metaOf({ _meta }: Record<string, unknown>): object {
  return typeof _meta === "object" && _meta !== null ? _meta : {};
}

/** Sends a message. */
export function send(
  url: string,
  { headers, body }: RawRequest,
  more: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, { method: "POST", headers: { ...headers, ...more }, body });
}

/** The last message of an answer, whether it comes as JSON or as an event. */
export async function lastMessage(response: Response): Promise<unknown> {
  const text = await response.text();
  const data = text.split("\n").findLast((line) => line.startsWith("data: "));
  return JSON.parse(data === undefined ? text : data.slice("data: ".length));
}
