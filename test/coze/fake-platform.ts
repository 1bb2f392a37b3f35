import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as the platform got it. */
export interface Received {
  /** For example `GET /v1/variables`. */
  readonly operation: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: string;
}

/** What goes wrong with one request. */
export type Fault =
  /** Answers with that instead. */
  | { status: number; headers?: Record<string, string>; body?: unknown }
  /** Ends the connection without an answer. */
  | "cut"
  /** Answers nothing. */
  | "hang";

/** What a route answers: a JSON body, or the text of a stream, cut off or left open at its end. */
export type Answer =
  | { json: unknown; status?: number; headers?: Record<string, string> }
  | { events: string; end?: "cut" | "hang"; type?: string };

export type Route = (request: Received) => Answer | Promise<Answer>;

/** A platform on this machine, in the shapes of the official description of its API. */
export interface FakePlatform extends AsyncDisposable {
  readonly url: string;
  /** All requests, in order. */
  readonly received: Received[];
  /** The tokens that are good. Anything is if there are none. */
  readonly tokens: Set<string>;
  readonly routes: Record<string, Route>;
  /** The next requests of an operation go wrong. */
  fail(operation: string, ...faults: Fault[]): void;
  /** How often an operation was called. */
  count(operation: string): number;
}

export const logId = "20261122170000ABCDEF";

export async function startPlatform(routes: Record<string, Route> = {}): Promise<FakePlatform> {
  const received: Received[] = [];
  const tokens = new Set<string>();
  const faults = new Map<string, Fault[]>();
  const server = createServer((request, response) => {
    void serve(request, response);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://platform");
    const operation = `${request.method} ${url.pathname}`;
    const raw = await text(request);
    const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    const got: Received = {
      operation,
      query: url.searchParams,
      headers: request.headers,
      body: raw === "" ? {} : JSON.parse(raw),
      token,
    };
    received.push(got);
    response.setHeader("x-tt-logid", logId);
    const fault = faults.get(operation)?.shift();
    if (fault === "cut") {
      response.destroy();
    } else if (fault === "hang") {
      // The client has to end it.
    } else if (fault !== undefined) {
      send(response, { json: fault.body, ...fault });
    } else if (tokens.size > 0 && !tokens.has(token) && !url.pathname.includes("/oauth2/")) {
      send(response, {
        status: 401,
        json: { code: 700012006, msg: `access token invalid: ${token}` },
      });
    } else {
      const route = routes[operation];
      send(response, route === undefined ? notFound : await route(got));
    }
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    tokens,
    routes,
    fail: (operation, ...list) => faults.set(operation, list),
    count: (operation) => received.filter((request) => request.operation === operation).length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const notFound: Answer = { status: 404, json: { code: 4200, msg: "resource not found" } };

function send(response: ServerResponse, answer: Answer): void {
  if ("events" in answer) {
    const { events, end, type = "text/event-stream" } = answer;
    response.writeHead(200, { "content-type": type });
    response.write(events, () => {
      if (end === "cut") {
        response.destroy();
      } else if (end !== "hang") {
        response.end();
      }
    });
    return;
  }
  const { status = 200, headers = {}, json } = answer;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(typeof json === "string" ? json : JSON.stringify(json));
}

/** A success as the platform writes it. */
export function ok(data: unknown, more: object = {}): Answer {
  return { json: { code: 0, msg: "", data, detail: { logid: logId }, ...more } };
}

/** Events of a stream, in the form that the platform gives them. */
export function events(...list: readonly (readonly [event: string, data: unknown])[]): string {
  return list
    .map(([event, data], id) => {
      const line = typeof data === "string" ? data : JSON.stringify(data);
      return `id: ${id}\nevent: ${event}\ndata: ${line}\n\n`;
    })
    .join("");
}
