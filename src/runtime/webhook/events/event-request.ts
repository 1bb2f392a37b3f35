import { UrlVerificationSchema } from "../../../../generated/actions/bot/coze/v1/events.ts";
import type { UrlVerification } from "../../../../generated/types/bot/coze/v1/events.ts";
import type { Route } from "../../action/call.ts";
import type { Identity } from "../../action/context.ts";
import type { HttpRequest } from "../../http/exchange.ts";
import { type JsonRecord, parseJsonObject } from "../../http/json-body.ts";
import { requireJson } from "../../http/media-type.ts";
import { requirePost } from "../../http/method.ts";
import { Refusal } from "../../http/refusal.ts";
import type { SignatureCheck } from "../../security/signature-check.ts";
import {
  type BotCall,
  type BotGate,
  botInPath,
  type NamedBot,
  requireBodyLimit,
  sameBot,
} from "../bot-gate.ts";
import { peekTexts } from "../peek-texts.ts";
import { openEvent, type ReceivedEvent, readEvent, verificationType } from "./event-envelope.ts";
import { verificationAction } from "./event-handlers.ts";

/** How pushed events are read. */
export interface EventReading {
  readonly maxBodyBytes: number;
  readonly maxDepth: number;
  /** Undefined if nothing is signed, or the gate says what is. */
  readonly check: SignatureCheck | undefined;
  /** Looks up whose event it is, where a door has a table of bots. */
  readonly gate: BotGate<SignatureCheck> | undefined;
  /** What comes before a bot id in the path of a request. */
  readonly path: string;
  /** The header whose absence makes a request one that nobody signed; in lower case. */
  readonly signatureHeader: string;
  /** Whether the challenge has to be signed as everything else. */
  readonly signedChallenge: boolean;
}

/** What a request turned out to be. */
export type EventRequest =
  | { readonly kind: "verification"; readonly route: Route }
  | {
      readonly kind: "event";
      readonly event: ReceivedEvent;
      readonly identity: Partial<Identity>;
      /** The bot that the event is about, where a door has a table of them. */
      readonly call: BotCall<SignatureCheck> | undefined;
    };

/** Reads a request, and checks it before anything that it says is believed. */
export async function readEventRequest(
  request: HttpRequest,
  reading: EventReading,
): Promise<EventRequest> {
  const { maxBodyBytes, maxDepth, signatureHeader, signedChallenge, gate } = reading;
  requirePost(request);
  requireJson(request.headers);
  const body = await request.body(maxBodyBytes);
  // Nothing says whether the platform signs its challenge, so that one without
  // any signature is looked into. It gets back what it said and nothing else.
  const unsigned = !signedChallenge && request.headers.get(signatureHeader) === undefined;
  let check = reading.check;
  let call: BotCall<SignatureCheck> | undefined;
  const prove = async () => {
    call = gate?.lookUp(concernedBot(request, reading.path, body));
    check = call === undefined ? check : call.check;
    await check?.(request.headers, body);
    if (call !== undefined) {
      requireBodyLimit(call, body);
    }
  };
  if (!unsigned) {
    await prove();
  }
  const { header, payload } = openEvent(parseJsonObject(body, maxDepth));
  if (header.eventType === verificationType) {
    const identity = { authenticated: check !== undefined && !unsigned, eventId: header.eventId };
    const own = verificationAction(header);
    const question = readChallenge(payload);
    const decode = () => question;
    return { kind: "verification", route: { action: own.action.name, own, identity, decode } };
  }
  if (unsigned) {
    await prove();
  }
  const said = { connectorId: header.connectorId, ...whose(payload) };
  return {
    kind: "event",
    event: readEvent(header, payload, new TextDecoder().decode(body)),
    identity: {
      authenticated: check !== undefined,
      eventId: header.eventId,
      ...(call === undefined ? said : sameBot(call, said)),
    },
    call,
  };
}

/** Reads of a body that nobody has vouched for what it takes to know whose token vouches for it. */
function concernedBot(request: HttpRequest, path: string, body: Uint8Array): NamedBot {
  const said = peekTexts(body, botFields);
  return {
    botId:
      botInPath(request.path, path) ??
      said.get("event.bot_id_str") ??
      said.get("event.bot_id") ??
      "",
    connectorId: said.get("header.connector_id") ?? "",
  };
}

const botFields: ReadonlySet<string> = new Set([
  "event.bot_id_str",
  "event.bot_id",
  "header.connector_id",
]);

function readChallenge({ challenge }: JsonRecord): UrlVerification {
  if (typeof challenge !== "string" || !/^[\x20-\x7e]{1,200}$/.test(challenge)) {
    throw new Refusal(400, "the challenge must be a string of 1 to 200 ASCII characters");
  }
  return UrlVerificationSchema.init({ challenge });
}

/** The bot and the user that an event is about, if it is about one. */
function whose(payload: JsonRecord): { botId?: string; userId?: string } {
  const botId = idOf(payload["bot_id_str"] ?? payload["bot_id"]);
  const userId = idOf(payload["user_id_str"] ?? payload["user_id"]);
  return { ...(botId && { botId }), ...(userId && { userId }) };
}

function idOf(value: unknown): string | undefined {
  return typeof value === "string"
    ? value
    : Number.isSafeInteger(value)
      ? String(value)
      : undefined;
}
