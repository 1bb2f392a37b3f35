import type { Route } from "../action/call.ts";
import type { Identity } from "../action/context.ts";
import type { MessageSchema } from "../action/contract.ts";
import { after } from "../action/promise.ts";
import type { BotTable } from "../bots/bot-table.ts";
import { fromJson } from "../codec/from-json.ts";
import { type KeyCheck, type KeyPlace, keyCheck } from "../http/api-key.ts";
import { type TokenVerifier, verifyBearer } from "../http/bearer.ts";
import type { DoorCrypto } from "../http/crypto.ts";
import { decodeObject, looksLikeObject } from "../http/decode-object.ts";
import type { Door } from "../http/door.ts";
import {
  type BodyOptions,
  checkedLimit,
  checkedPath,
  defaultMaxBodyBytes,
  defaultMaxDepth,
} from "../http/door-options.ts";
import type { HttpRequest } from "../http/exchange.ts";
import { failureJson } from "../http/failure-json.ts";
import { parseJsonObject } from "../http/json-body.ts";
import { requireJson } from "../http/media-type.ts";
import { requirePost } from "../http/method.ts";
import { Refusal } from "../http/refusal.ts";
import { requireSecrets, type SecretOptions, type Secrets } from "../http/secrets.ts";
import { toolIdentity } from "../http/tool-identity.ts";
import { type BotCall, type BotGate, bodyLimit, botGate, type NamedBot } from "./bot-gate.ts";
import { cozePacketFormat } from "./coze-packet-format.ts";
import type { CozeStreamOptions } from "./coze-packets.ts";
import { type AnswerFormat, platformHandler } from "./platform-door.ts";

/** What a tool door can be told. */
export interface ToolDoorOptions extends BodyOptions, SecretOptions {
  /** The key that the platform was given for this plugin. */
  readonly apiKey?: Secrets | undefined;
  /**
   * The bots that are served, each with its key; `apiKey` is for those that have
   * none of their own. Which bot is called is said in `x-aiplugin-bot-id`. With
   * `verifyToken`, tokens take the place of all keys.
   */
  readonly bots?: BotTable | undefined;
  /** The header that carries the key, with or without `Bearer` before it. `authorization` by default. */
  readonly header?: string | undefined;
  /** The query parameter that carries the key where the header is not there. None by default. */
  readonly query?: string | undefined;
  /**
   * Checks access tokens (OAuth 2.0), which come in the `authorization` header,
   * in the place of an API key. What it returns goes before what headers say.
   */
  readonly verifyToken?: TokenVerifier | undefined;
  /**
   * Answers streaming actions with the packets of Coze's streaming plugins,
   * whatever the caller accepts. Without it they are plain server-sent events.
   */
  readonly cozeStreams?: CozeStreamOptions | undefined;
  /** What comes before the action's name. `/actions` by default. */
  readonly basePath?: string | undefined;
  /** The longest that a call may take, in milliseconds. 8000 by default; the platform allows up to 180,000. */
  readonly budgetMs?: number | undefined;
}

/**
 * Plugin tool calls: `POST /actions/<name>` takes the action's request message
 * in JSON and answers with its response message, or with `{"error": ...}`.
 */
export function toolDoor(options: ToolDoorOptions): Door {
  const name = "tool";
  const basePath = `${checkedPath(`${name} door`, options.basePath ?? "/actions")}/`;
  const budgetMs = checkedLimit(`${name} door`, "budgetMs", options.budgetMs ?? 8000);
  const { header = "authorization", query, maxDepth = defaultMaxDepth } = options;
  const { maxBodyBytes = defaultMaxBodyBytes } = options;
  return {
    name,
    open(host) {
      const place = { header, query };
      const gate =
        options.bots &&
        botGate(
          {
            place: `${name} door`,
            table: options.bots,
            secret: "apiKey",
            own: options.verifyToken === undefined ? options.apiKey : undefined,
            // A token proves every bot.
            unsigned: options.unsigned === true || options.verifyToken !== undefined,
            strangers: false,
            makeCheck: (keys) => keyCheck(keys, place, host.crypto),
          },
          host,
        );
      const authenticate = authenticator(options, place, gate, host.crypto);
      const handle = platformHandler(
        {
          name,
          budgetMs,
          format,
          packets: options.cozeStreams && cozePacketFormat(options.cozeStreams),
          route(request) {
            requirePost(request);
            return after(authenticate(request), ({ proven, call }) => {
              const action = actionName(request.path, basePath);
              const limit = call === undefined ? maxBodyBytes : bodyLimit(call);
              const reader = readBody(request, Math.min(maxBodyBytes, limit), maxDepth);
              return after(
                reader,
                (decode): Route => ({
                  action,
                  identity: { ...toolIdentity(request.headers), ...proven },
                  attributes: call?.bot?.attributes,
                  grant: call && gate?.grant(call),
                  decode: ({ input }) => decode(input),
                }),
              );
            });
          },
        },
        host,
      );
      return {
        routes: [{ match: "prefix", path: basePath, label: `POST ${basePath}<name>` }],
        handler: { kind: "exchange", handle },
        cors: { methods: ["POST"], requestHeaders: [header.toLowerCase()], responseHeaders: [] },
      };
    },
  };
}

/** Reads an action's request from a body. */
type RequestReader = (input: MessageSchema<unknown>) => unknown;

/** Who may call. */
interface Admitted {
  /** What is proven of the caller. */
  readonly proven: Partial<Identity>;
  /** The bot that is called, where a door has a table of them. */
  readonly call?: BotCall<KeyCheck>;
}

/** Throws, or rejects with, a `Refusal` if a caller may not call. */
type Authenticator = (request: HttpRequest) => Admitted | PromiseLike<Admitted>;

function authenticator(
  { apiKey, unsigned, verifyToken }: ToolDoorOptions,
  place: KeyPlace,
  gate: BotGate<KeyCheck> | undefined,
  crypto: DoorCrypto,
): Authenticator {
  if (verifyToken !== undefined) {
    if (apiKey !== undefined || unsigned === true) {
      throw new Error("tool door: give one of apiKey, verifyToken and unsigned: true");
    }
    return async ({ headers }) => {
      const proven = { ...(await verifyBearer(headers, verifyToken)), authenticated: true };
      const call = gate?.lookUp({ ...calledBot(headers), ...namedBy(proven) });
      return call === undefined ? { proven } : { proven, call };
    };
  }
  if (gate !== undefined) {
    return (request) => {
      const call = gate.lookUp(calledBot(request.headers));
      const proven = { authenticated: call.check !== undefined };
      return after(call.check?.(request), () => ({ proven, call }));
    };
  }
  const keys = requireSecrets("tool door", "apiKey", apiKey, unsigned);
  if (keys.length === 0) {
    return () => ({ proven: { authenticated: false } });
  }
  const check = keyCheck(keys, place, crypto);
  return (request) => after(check(request), () => ({ proven: { authenticated: true } }));
}

function calledBot(headers: HttpRequest["headers"]): NamedBot {
  const { botId = "", connectorId = "" } = toolIdentity(headers);
  return { botId, connectorId };
}

/** The bot that a token names goes before the one that a header does. */
function namedBy({ botId, connectorId }: Partial<Identity>): Partial<NamedBot> {
  return { ...(botId && { botId }), ...(connectorId && { connectorId }) };
}

function actionName(path: string, basePath: string): string {
  const name = path.slice(basePath.length);
  if (name === "") {
    throw new Refusal(404, `the path names no action: call ${basePath}<name>`);
  }
  return name;
}

/** An action whose request has no fields may be called without a body. */
function readBody(
  request: HttpRequest,
  maxBodyBytes: number,
  maxDepth: number,
): RequestReader | PromiseLike<RequestReader> {
  const typed = request.headers.get("content-type") !== undefined;
  if (typed) {
    requireJson(request.headers);
  }
  return after(request.body(maxBodyBytes), (body): RequestReader => {
    if (body.length === 0) {
      return (input) => fromJson(input, {});
    }
    if (!typed) {
      requireJson(request.headers);
    }
    if (looksLikeObject(body, maxDepth)) {
      return (input) => decodeObject(input, body);
    }
    const json = parseJsonObject(body, maxDepth);
    return (input) => fromJson(input, json);
  });
}

const format: AnswerFormat = {
  around: () => ["", ""],
  receipt: (receipt) => JSON.stringify({ receipt }),
  // Outcomes of an action hold nothing but what its document declares.
  failure: (error, traceId, status) =>
    JSON.stringify(
      status === 200
        ? { error: failureJson(error) }
        : { error: failureJson(error), trace_id: traceId },
    ),
};
