import { addAttribute } from "../action/attributes.ts";
import type { Route } from "../action/call.ts";
import type { Identity } from "../action/context.ts";
import { messageContent } from "../action/message-content.ts";
import { after } from "../action/promise.ts";
import type { BotTable } from "../bots/bot-table.ts";
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
import { identityHeaders } from "../http/identity-headers.ts";
import { requireJson } from "../http/media-type.ts";
import { requirePost } from "../http/method.ts";
import { requireSecrets, type SecretOptions, type Secrets } from "../http/secrets.ts";
import { requireSharedStore } from "../security/replay-guard.ts";
import { type SignatureCheck, signatureCheck } from "../security/signature-check.ts";
import { callbackSignature } from "../security/signature-profiles.ts";
import type { SignatureScheme } from "../security/signature-scheme.ts";
import {
  type BotGateOptions,
  botGate,
  botInPath,
  type NamedBot,
  requireBodyLimit,
  routesOf,
  sameBot,
} from "./bot-gate.ts";
import { readEnvelope, type Texts } from "./callback-envelope.ts";
import { peekTexts } from "./peek-texts.ts";
import { type AnswerFormat, platformHandler } from "./platform-door.ts";
import {
  type CallReplayOptions,
  type ReplayProtection,
  replayProtection,
  type Visit,
} from "./replay-protection.ts";

/** What a callback door can be told. */
export interface CallbackDoorOptions extends BodyOptions, SecretOptions {
  /** What signs the callbacks. */
  readonly secret?: Secrets | undefined;
  /**
   * The bots that are served, each with its secret; `secret` is for those that
   * have none of their own. Which bot is called is said in the path, after a
   * slash, in the header `x-bot-id`, or by `bot_id` in the body.
   */
  readonly bots?: BotTable | undefined;
  /** How they are signed; `callbackSignature` if left out. */
  readonly signature?: SignatureScheme | undefined;
  /**
   * How signed callbacks that came before are refused: by the nonce or id that
   * the scheme has, else by their `event_id`. In memory by default; false lets
   * them pass.
   */
  readonly replay?: CallReplayOptions | false | undefined;
  /** `/coze_callback` by default. */
  readonly path?: string | undefined;
  /** The longest that a call may take, in milliseconds. 2800 by default: the platform waits 3 s. */
  readonly budgetMs?: number | undefined;
}

/**
 * The webhook: `POST /coze_callback` takes a `bot.coze.v1.CallbackRequest` and
 * answers a `bot.coze.v1.CallbackResponse`, both in JSON.
 */
export function callbackDoor(options: CallbackDoorOptions): Door {
  const name = "callback";
  const path = checkedPath(`${name} door`, options.path ?? "/coze_callback");
  const budgetMs = checkedLimit(`${name} door`, "budgetMs", options.budgetMs ?? 2800);
  const { maxBodyBytes = defaultMaxBodyBytes, maxDepth = defaultMaxDepth } = options;
  const { signature = callbackSignature, replay = {} } = options;
  return {
    name,
    open(host) {
      const makeCheck = (keys: readonly string[]) =>
        signatureCheck(`${name} door`, signature, keys, host.crypto);
      const gate = options.bots && botGate(gateOptions(options, options.bots, makeCheck), host);
      const keys =
        gate === undefined
          ? requireSecrets(`${name} door`, "secret", options.secret, options.unsigned)
          : [];
      const ownCheck = keys.length === 0 ? undefined : makeCheck(keys);
      let protection: ReplayProtection | undefined;
      if ((ownCheck ?? gate) !== undefined && replay !== false) {
        requireSharedStore(`${name} door`, "replay", replay, host.workers);
        protection = replayProtection(name + path, signature, replay, host.log);
      }
      const inputs = new Map(
        host.pipeline.actions.map(({ action }) => [action.name, action.input] as const),
      );
      const schemas = (action: string) => inputs.get(action);
      const admit = (request: HttpRequest, body: Uint8Array, visit: Visit) => {
        const call = gate?.lookUp(calledBot(request, path, body));
        const check = call === undefined ? ownCheck : call.check;
        return after(check?.(request.headers, body), (proof) => {
          if (call !== undefined) {
            requireBodyLimit(call, body);
          }
          const envelope = readEnvelope(body, maxDepth, schemas);
          const { action, content } = envelope;
          const identity =
            call === undefined ? envelope.identity : sameBot(call, envelope.identity);
          const owner = call?.bot?.key;
          const admitted = proof && protection?.admit(proof, identity.eventId, visit, owner);
          return after(admitted, (): Route => {
            const attributes = call?.bot?.attributes;
            return {
              action,
              identity: identified(identity, check !== undefined),
              attributes:
                content === "" ? attributes : addAttribute(attributes, messageContent, content),
              grant: call && gate?.grant(call),
              decode: ({ input }) => envelope.decode(input),
            };
          });
        });
      };
      const handle = platformHandler(
        {
          name,
          budgetMs,
          format,
          route(request, visit) {
            requirePost(request);
            requireJson(request.headers);
            return after(request.body(maxBodyBytes), (body) => admit(request, body, visit));
          },
        },
        host,
      );
      return {
        routes: routesOf(path, gate !== undefined),
        handler: { kind: "exchange", handle },
        cors,
      };
    },
  };
}

function gateOptions(
  { secret, unsigned }: CallbackDoorOptions,
  table: BotTable,
  makeCheck: (keys: readonly string[]) => SignatureCheck,
): BotGateOptions<SignatureCheck> {
  const place = "callback door";
  return { place, table, secret: "callback", own: secret, unsigned, strangers: false, makeCheck };
}

/** Reads of a body that nobody has vouched for what it takes to know whose secret vouches for it. */
function calledBot(request: HttpRequest, path: string, body: Uint8Array): NamedBot {
  const { headers } = request;
  const said = peekTexts(body, botFields);
  return {
    botId:
      botInPath(request.path, path) ??
      headers.get(identityHeaders.botId) ??
      said.get("bot_id") ??
      said.get("botId") ??
      "",
    connectorId:
      headers.get(identityHeaders.connectorId) ??
      said.get("connector_id") ??
      said.get("connectorId") ??
      "",
  };
}

const botFields: ReadonlySet<string> = new Set(["bot_id", "botId", "connector_id", "connectorId"]);

function identified(texts: Readonly<Texts>, authenticated: boolean): Partial<Identity> {
  const { botId, userId, conversationId, connectorId, eventId, locale, deviceClass } = texts;
  return {
    authenticated,
    botId,
    userId,
    conversationId,
    connectorId,
    eventId,
    locale,
    deviceClass,
  };
}

const cors = { methods: ["POST"], requestHeaders: [], responseHeaders: [] };

const format: AnswerFormat = {
  around: (traceId) => [
    '{"status":"success","data":',
    `,"trace_id":${isPlain(traceId) ? `"${traceId}"` : JSON.stringify(traceId)}}`,
  ],
  receipt: (receipt, traceId) => JSON.stringify({ status: "accepted", receipt, trace_id: traceId }),
  failure: (error, traceId) =>
    JSON.stringify({ status: "error", error: failureJson(error), trace_id: traceId }),
};

/** Whether a text has only digits and small letters, as nearly all trace ids do. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 122 || (code > 57 && code < 97)) {
      return false;
    }
  }
  return true;
}
