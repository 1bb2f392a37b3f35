import type { ToolSet } from "../action/tool-set.ts";
import { keyCheck } from "../http/api-key.ts";
import type { Door } from "../http/door.ts";
import {
  type BodyOptions,
  checkedLimit,
  checkedPath,
  defaultMaxBodyBytes,
  defaultMaxDepth,
} from "../http/door-options.ts";
import type { HttpRequest } from "../http/exchange.ts";
import { type JsonRecord, parseJsonObject } from "../http/json-body.ts";
import { requireJson } from "../http/media-type.ts";
import { requirePost } from "../http/method.ts";
import { requireSecrets, type SecretOptions, type Secrets } from "../http/secrets.ts";
import { version } from "../version.ts";
import { sessionHeader } from "./cancellation.ts";
import { createMcpEndpoint } from "./mcp-endpoint.ts";
import { originCheck } from "./origin.ts";
import { mcpTools } from "./tools.ts";

/** What an MCP door can be told. */
export interface McpDoorOptions extends BodyOptions, SecretOptions {
  /** The tools of every service of the server, from the generated files that end in `.tools.ts`. */
  readonly tools: readonly ToolSet[];
  /** The key that clients were given. */
  readonly apiKey?: Secrets | undefined;
  /** The header that carries the key, with or without `Bearer` before it. `authorization` by default. */
  readonly header?: string | undefined;
  /** The query parameter that carries the key where the header is not there. None by default. */
  readonly query?: string | undefined;
  /** `/mcp` by default. */
  readonly path?: string | undefined;
  /** The longest that a call may take, in milliseconds. 8000 by default. */
  readonly budgetMs?: number | undefined;
  /**
   * The longest answer of a streaming action, in characters of the JSON of its
   * messages. 1,000,000 by default.
   */
  readonly maxStreamLength?: number | undefined;
  /**
   * Origins whose pages may send requests, such as `https://app.example.com`,
   * or `*` for every one. Pages of this machine always may.
   */
  readonly origins?: readonly string[] | "*" | undefined;
  /** The server's name for clients. `botwire` by default. */
  readonly name?: string | undefined;
  /** The server's version for clients. That of botwire by default. */
  readonly version?: string | undefined;
  /** What a model should know about the server, beside what its tools say. */
  readonly instructions?: string | undefined;
}

/**
 * Serves every action as a tool of the Model Context Protocol, over Streamable
 * HTTP, to clients of the revisions 2026-07-28 and 2025-11-25 (and older ones).
 * Needs `@modelcontextprotocol/server`.
 */
export function mcpDoor(options: McpDoorOptions): Door {
  const name = "mcp";
  const title = `${name} door`;
  const path = checkedPath(title, options.path ?? "/mcp");
  const budgetMs = checkedLimit(title, "budgetMs", options.budgetMs ?? 8000);
  const maxStreamLength = checkedLimit(
    title,
    "maxStreamLength",
    options.maxStreamLength ?? 1_000_000,
  );
  const checkOrigin = originCheck(options.origins ?? []);
  const { header = "authorization", query, maxDepth = defaultMaxDepth } = options;
  const { maxBodyBytes = defaultMaxBodyBytes } = options;
  return {
    name,
    open(host) {
      const keys = requireSecrets(title, "apiKey", options.apiKey, options.unsigned);
      const checkKey =
        keys.length === 0 ? undefined : keyCheck(keys, { header, query }, host.crypto);
      const cache = { ttlMs: listTtlMs, cacheScope: checkKey ? "private" : "public" } as const;
      const endpoint = createMcpEndpoint(
        {
          tools: mcpTools(host.pipeline.actions, options.tools),
          info: { name: options.name ?? "botwire", version: options.version ?? version },
          options: {
            capabilities: { tools: {} },
            cacheHints: { "tools/list": cache, "server/discover": cache },
            ...(options.instructions === undefined ? {} : { instructions: options.instructions }),
          },
          budgetMs,
          maxStreamLength,
          authenticated: checkKey !== undefined,
          async admit(request: HttpRequest): Promise<JsonRecord> {
            checkOrigin(request.headers);
            await checkKey?.(request);
            requirePost(request);
            requireJson(request.headers);
            return parseJsonObject(await request.body(maxBodyBytes), maxDepth);
          },
        },
        host,
      );
      return {
        routes: [{ match: "exact", path, label: `POST ${path} (MCP)` }],
        handler: { kind: "exchange", handle: endpoint.handle },
        cors: {
          methods: ["POST"],
          requestHeaders: [header.toLowerCase(), ...mcpHeaders, sessionHeader],
          responseHeaders: [sessionHeader],
        },
        close: () => endpoint.close(),
      };
    },
  };
}

/** Tools change with a deployment only, so clients need not ask for them before every call. */
const listTtlMs = 60_000;

const mcpHeaders = ["mcp-protocol-version", "mcp-method", "mcp-name"];
