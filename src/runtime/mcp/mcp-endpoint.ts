import {
  createMcpHandler,
  Server,
  type ServerOptions,
  type Tool,
} from "@modelcontextprotocol/server";
import type { DoorHost } from "../http/door.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http/exchange.ts";
import type { JsonRecord } from "../http/json-body.ts";
import { answer } from "./answer.ts";
import { type CallOptions, callTool } from "./call-tool.ts";
import { CancellableCalls, sessionHeader } from "./cancellation.ts";
import { beginExchange, type Exchange } from "./exchange.ts";
import { refuse } from "./refuse.ts";
import { webRequest } from "./web-request.ts";

/** What an endpoint serves, and to whom. */
export interface McpService extends CallOptions {
  readonly tools: Tool[];
  /** What the server says of itself. */
  readonly info: { readonly name: string; readonly version: string };
  readonly options: ServerOptions;
  /** Whether `admit` checks a key. */
  readonly authenticated: boolean;
  /** Checks who asks, and reads the message. Rejects if the request is not let in. */
  admit(request: HttpRequest): Promise<JsonRecord>;
}

/** An endpoint that answers requests. */
export interface McpEndpoint {
  readonly handle: HttpHandler;
  /** Ends what is in flight. */
  close(): Promise<void>;
}

/**
 * Serves tools over Streamable HTTP, without state between requests, in every
 * revision that the SDK knows.
 */
export function createMcpEndpoint(service: McpService, host: DoorHost): McpEndpoint {
  const exchanges = new WeakMap<Request, Exchange>();
  const calls = new CancellableCalls();
  const mcp = createMcpHandler(
    ({ requestInfo }) => {
      const exchange = requestInfo === undefined ? undefined : exchanges.get(requestInfo);
      if (exchange === undefined) {
        throw new Error("the SDK serves a request that is none of the door's");
      }
      return createServer(service, exchange, calls, host);
    },
    // Mostly what clients do wrong and are told in the answer.
    { onerror: (error) => host.log.debug("the MCP SDK reports", { error }) },
  );

  const serve = async (request: HttpRequest, message: JsonRecord): Promise<HttpResponse> => {
    const session = request.headers.get(sessionHeader);
    if (session !== undefined) {
      calls.observe(session, message);
    }
    const exchange = beginExchange(request, service.authenticated);
    const asked = webRequest(request, exchange.cancellation.signal);
    exchanges.set(asked, exchange);
    const response = await mcp.fetch(asked, { parsedBody: message });
    const starts = message["method"] === "initialize" && response.ok;
    return answer(response, exchange, starts ? [sessionHeader, crypto.randomUUID()] : []);
  };

  return {
    async handle(request) {
      const overload = host.pipeline.overloaded();
      if (overload !== undefined) {
        return refuse(request, overload, service.budgetMs, host);
      }
      let message: JsonRecord;
      try {
        message = await service.admit(request);
      } catch (reason) {
        return refuse(request, reason, service.budgetMs, host);
      }
      return serve(request, message);
    },
    close: () => mcp.close(),
  };
}

/** A server for the one message of an exchange. */
function createServer(
  service: McpService,
  exchange: Exchange,
  calls: CancellableCalls,
  host: DoorHost,
): Server {
  const { info, options, tools } = service;
  const session = exchange.request.headers.get(sessionHeader);
  const server = new Server(info, options);
  server.setRequestHandler("tools/list", () => ({ tools }));
  server.setRequestHandler("tools/call", async (request, context) => {
    const end =
      session === undefined
        ? undefined
        : calls.begin(session, context.mcpReq.id, exchange.cancellation);
    try {
      return await callTool(request, context, exchange, service, host);
    } finally {
      end?.();
    }
  });
  return server;
}
