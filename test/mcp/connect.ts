import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { onTestFinished } from "vitest";

/** The revisions that clients use today. */
export const revisions = ["2025-11-25", "2026-07-28"] as const;

/** A revision of the protocol. */
export type Revision = (typeof revisions)[number];

/** How a client connects. */
export interface ConnectOptions {
  readonly headers?: Record<string, string>;
  readonly fetch?: (url: string | URL, init?: RequestInit) => Promise<Response>;
}

/** Connects the official client. It is closed when the test is over. */
export async function connect(
  url: string,
  revision: Revision,
  { headers, fetch }: ConnectOptions = {},
): Promise<Client> {
  const client = new Client(
    { name: "botwire-test", version: "1.0.0" },
    {
      versionNegotiation: { mode: revision === "2025-11-25" ? "legacy" : { pin: revision } },
    },
  );
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    ...(headers === undefined ? {} : { requestInit: { headers } }),
    ...(fetch === undefined ? {} : { fetch }),
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

/** The text of a result that has no other content. */
export function textOf(result: Awaited<ReturnType<Client["callTool"]>>): string {
  const [only, ...more] = result.content;
  if (only?.type !== "text" || more.length > 0) {
    throw new Error(`not one text: ${JSON.stringify(result.content)}`);
  }
  return only.text;
}
