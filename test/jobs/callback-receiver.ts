import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What a receiver got. */
export interface Delivered {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: { readonly [key: string]: unknown };
}

/** A receiver of results, as a service or a platform has one. */
export interface Receiver {
  readonly url: string;
  readonly deliveries: readonly Delivered[];
  /** Answers from now on with this status and these headers. */
  answer(status: number, headers?: Record<string, string>): void;
  /** Answers nothing from now on. */
  hang(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivered[] = [];
  let status = 200;
  let silent = false;
  let more: Record<string, string> = {};
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) {
      text += chunk;
    }
    deliveries.push({ headers: request.headers, text, json: JSON.parse(text) });
    if (!silent) {
      response.writeHead(status, more).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/results`,
    deliveries,
    answer(newStatus, headers = {}) {
      status = newStatus;
      more = headers;
      silent = false;
    },
    hang() {
      silent = true;
    },
  };
}
