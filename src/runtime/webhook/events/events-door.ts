import type { EventReply } from "../../../../generated/types/bot/coze/v1/events.ts";
import type { Outcome } from "../../action/call.ts";
import { randomTraceId, readTraceParent } from "../../action/trace-id.ts";
import type { BotTable } from "../../bots/bot-table.ts";
import { jsonAnswer } from "../../http/answers.ts";
import type { Door, DoorHost } from "../../http/door.ts";
import {
  type BodyOptions,
  checkedLimit,
  checkedPath,
  defaultMaxBodyBytes,
  defaultMaxDepth,
} from "../../http/door-options.ts";
import type { HttpHandler, HttpResponse } from "../../http/exchange.ts";
import { addHeaders } from "../../http/response-headers.ts";
import { requireSecrets, type SecretOptions, type Secrets } from "../../http/secrets.ts";
import {
  type ReplayOptions,
  replayGuard,
  requireSharedStore,
} from "../../security/replay-guard.ts";
import { signatureCheck } from "../../security/signature-check.ts";
import { cozeEventSignature } from "../../security/signature-profiles.ts";
import type { SignatureScheme } from "../../security/signature-scheme.ts";
import { botGate, routesOf } from "../bot-gate.ts";
import { within } from "../within.ts";
import { emptyReply, failureAnswer, replyText, reviewingReply } from "./event-answer.ts";
import { type EventHandlers, eventAction } from "./event-handlers.ts";
import { EventLedger } from "./event-ledger.ts";
import { type EventReading, readEventRequest } from "./event-request.ts";
import { eventTraceId } from "./event-trace.ts";

/** What an events door can be told. */
export interface EventsDoorOptions extends BodyOptions, SecretOptions {
  /** The `verify_token` of the callback app. */
  readonly token?: Secrets | undefined;
  /**
   * The bots whose events are taken, each with the token of its app. `token` is
   * for those that have none of their own, and for events of bots that the table
   * does not know, or of no bot at all. Which bot an event is about is said in
   * the path, after a slash, or in the event.
   */
  readonly bots?: BotTable | undefined;
  /** The handlers, by the names of the events. Others are acknowledged and dropped. */
  readonly on: EventHandlers;
  /** `/coze_events` by default. */
  readonly path?: string | undefined;
  /** How events are signed; `cozeEventSignature` if left out. */
  readonly signature?: SignatureScheme | undefined;
  /**
   * Whether the question for the address (`url_verification`) has to be signed,
   * too. By default it may also have no signature at all, for nothing published
   * says which it has; a wrong one is refused either way.
   */
  readonly signedChallenge?: boolean | undefined;
  /**
   * How events that come again are told by their `event_id`: in memory, for 24
   * hours by default. False handles each time.
   */
  readonly duplicates?: ReplayOptions | false | undefined;
  /**
   * After what time an event is acknowledged while its handler goes on, in
   * milliseconds. 2800 by default: the platform waits 3 s.
   */
  readonly ackMs?: number | undefined;
  /** The same for `bot.published`, for which the platform waits 10 s. 9500 by default. */
  readonly publishedAckMs?: number | undefined;
  /** The longest that a handler may take, in milliseconds. 60,000 by default. */
  readonly budgetMs?: number | undefined;
}

/** How long a server that closes waits for handlers of acknowledged events, in milliseconds. */
const closeMs = 5000;

/**
 * The events that Coze pushes to a callback app: `POST /coze_events`. Each goes
 * through the pipeline as an action that no other door can call.
 */
export function eventsDoor(options: EventsDoorOptions): Door {
  const name = "events";
  const place = `${name} door`;
  const path = checkedPath(place, options.path ?? "/coze_events");
  const budgetMs = checkedLimit(place, "budgetMs", options.budgetMs ?? 60_000);
  const ackMs = checkedLimit(place, "ackMs", options.ackMs ?? 2800);
  const publishedAckMs = checkedLimit(place, "publishedAckMs", options.publishedAckMs ?? 9500);
  const { on, signature = cozeEventSignature, duplicates = {} } = options;
  return {
    name,
    open(host) {
      const { token, unsigned, bots } = options;
      const makeCheck = (tokens: readonly string[]) =>
        signatureCheck(place, signature, tokens, host.crypto);
      const gate =
        bots &&
        botGate(
          {
            place,
            table: bots,
            secret: "eventToken",
            own: token,
            unsigned,
            strangers: true,
            makeCheck,
          },
          host,
        );
      const tokens = gate === undefined ? requireSecrets(place, "token", token, unsigned) : [];
      const handle = eventHandler(
        {
          check: tokens.length === 0 ? undefined : makeCheck(tokens),
          gate,
          path,
          signatureHeader: signature.headers.signature.toLowerCase(),
          signedChallenge: options.signedChallenge ?? false,
          maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
          maxDepth: options.maxDepth ?? defaultMaxDepth,
        },
        { name, on, budgetMs, ackMs, publishedAckMs },
        openLedger(name + path, duplicates, budgetMs, host),
        host,
      );
      return {
        routes: routesOf(path, gate !== undefined),
        handler: { kind: "exchange", handle: handle.answer },
        cors: { methods: ["POST"], requestHeaders: [], responseHeaders: [] },
        close: handle.close,
      };
    },
  };
}

function openLedger(
  scope: string,
  duplicates: ReplayOptions | false,
  budgetMs: number,
  { log, workers }: DoorHost,
): EventLedger {
  if (duplicates === false) {
    return new EventLedger(undefined, 0, 0);
  }
  requireSharedStore("events door", "duplicates", duplicates, workers);
  const { ttlSeconds = 24 * 60 * 60 } = duplicates;
  return new EventLedger(replayGuard(scope, duplicates, log), budgetMs + 10_000, ttlSeconds * 1000);
}

interface EventServing {
  readonly name: string;
  readonly on: EventHandlers;
  readonly budgetMs: number;
  readonly ackMs: number;
  readonly publishedAckMs: number;
}

/** Answers events, and knows which of them are still at work. */
function eventHandler(
  reading: EventReading,
  { name, on, budgetMs, ackMs, publishedAckMs }: EventServing,
  ledger: EventLedger,
  host: DoorHost,
): { readonly answer: HttpHandler; close(): Promise<void> } {
  const atWork = new Set<Promise<Outcome>>();

  const answer: HttpHandler = async (request) => {
    const ack = Promise.withResolvers<HttpResponse>();
    let ackTimer: ReturnType<typeof setTimeout> | undefined;
    const arrivedAt = Date.now();
    const outcome = host.pipeline.invoke({
      door: name,
      headers: request.headers,
      budgetMs,
      streaming: false,
      traceFromRoute: true,
      // The platform may hang up: what it has delivered is handled all the same.
      signal: undefined,
      async route() {
        const read = await readEventRequest(request, reading);
        if (read.kind === "verification") {
          return read.route;
        }
        const { header, kind, message, mismatch } = read.event;
        const bot = read.call?.bot;
        const own = eventAction(kind, header, on, ledger, bot?.key);
        const derived =
          header.eventId === "" ? undefined : await eventTraceId(header.eventId, host.crypto);
        const traceId =
          readTraceParent(request.headers.get("traceparent")) ?? derived ?? randomTraceId();
        if (mismatch !== undefined) {
          host.log.warn("an event is not as its contract has it", {
            trace_id: traceId,
            event_type: header.eventType,
            problems: mismatch,
          });
        }
        const published = kind === "botPublished";
        ackTimer = setTimeout(
          () => ack.resolve(jsonAnswer(200, published ? reviewingReply : emptyReply, traceId)),
          (published ? publishedAckMs : ackMs) - (Date.now() - arrivedAt),
        );
        const identity = { ...read.identity, traceId: derived ?? traceId };
        const grant = read.call && reading.gate?.grant(read.call);
        const attributes = bot?.attributes;
        return { action: own.action.name, own, identity, attributes, grant, decode: () => message };
      },
    });
    atWork.add(outcome);
    const answered = outcome.then(answerOf).finally(() => {
      clearTimeout(ackTimer);
      atWork.delete(outcome);
    });
    return Promise.race([answered, ack.promise]);
  };

  return {
    answer,
    async close() {
      if (atWork.size > 0 && (await within(closeMs, Promise.all(atWork))) === undefined) {
        host.log.warn("events were cut off in the middle of their handlers", {
          events: atWork.size,
        });
      }
    },
  };
}

function answerOf(outcome: Outcome): HttpResponse {
  if (!outcome.ok) {
    return failureAnswer(outcome);
  }
  const { action, response, traceId } = outcome;
  const message: unknown = response.kind === "unary" ? response.message : undefined;
  const headers: string[] = [];
  addHeaders(headers, outcome.headers);
  const body =
    action.name === "url_verification"
      ? JSON.stringify(message)
      : // The only other actions of this door answer with it.
        replyText(message as EventReply);
  return jsonAnswer(200, body, traceId, headers);
}
