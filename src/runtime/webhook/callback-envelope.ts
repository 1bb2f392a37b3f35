import type { Identity } from "../action/context.ts";
import type { MessageSchema } from "../action/contract.ts";
import { fromJson, fromJsonString, tryFromJsonString } from "../codec/from-json.ts";
import {
  decodeText,
  isRecord,
  type JsonRecord,
  kindOf,
  parseBody,
  parseJsonObject,
} from "../http/json-body.ts";
import { splitMembers } from "../http/json-members.ts";
import { parseLossless } from "../http/lossless-json.ts";
import { Refusal } from "../http/refusal.ts";

/** What a callback says beside its signature: `bot.coze.v1.CallbackRequest`. */
export interface CallbackEnvelope {
  /** Undefined if the caller left it out, or empty. */
  readonly action: string | undefined;
  readonly identity: Partial<Identity>;
  /** The content of the user's message; empty if there is none. */
  readonly content: string;
  /** Reads the action's request from the parameters. */
  decode(input: MessageSchema<unknown>): unknown;
}

type TextField =
  | "action"
  | "botId"
  | "userId"
  | "conversationId"
  | "connectorId"
  | "eventId"
  | "locale"
  | "deviceClass";

/** The fields by both of their spellings. */
const fields: ReadonlyMap<string, TextField | "message" | "parameters"> = new Map([
  ["action", "action"],
  ["message", "message"],
  ["parameters", "parameters"],
  ["bot_id", "botId"],
  ["botId", "botId"],
  ["user_id", "userId"],
  ["userId", "userId"],
  ["conversation_id", "conversationId"],
  ["conversationId", "conversationId"],
  ["connector_id", "connectorId"],
  ["connectorId", "connectorId"],
  ["event_id", "eventId"],
  ["eventId", "eventId"],
  ["locale", "locale"],
  ["device_class", "deviceClass"],
  ["deviceClass", "deviceClass"],
]);

/** Those that platforms also send as numbers. */
const ids: ReadonlySet<TextField> = new Set([
  "botId",
  "userId",
  "conversationId",
  "connectorId",
  "eventId",
]);

/** Opens the envelope of the callback that a body has to be. */
export function readEnvelope(body: Uint8Array, maxDepth: number): CallbackEnvelope {
  const text = decodeText(body);
  const members = splitMembers(text, maxDepth);
  const parameters = members?.get("parameters") ?? "{}";
  const rest = members && parameters.startsWith("{") ? parseRest(members) : undefined;
  return rest === undefined
    ? openEnvelope(parseJsonObject(body, maxDepth))
    : { ...openEnvelope(rest), decode: (input) => decodeParameters(input, parameters) };
}

/** Everything but the parameters, whose schema is not known yet; undefined if it is no JSON. */
function parseRest(members: ReadonlyMap<string, string>): JsonRecord | undefined {
  const rest: Record<string, unknown> = Object.create(null);
  try {
    for (const [name, text] of members) {
      if (name !== "parameters") {
        rest[name] = parseLossless(text);
      }
    }
    return rest;
  } catch {
    return undefined;
  }
}

/** Integers of so many digits may be too long for numbers, so that they become text. */
const longDigits = /\d{16}/;

function decodeParameters(input: MessageSchema<unknown>, text: string): unknown {
  const read = longDigits.test(text) ? undefined : tryFromJsonString(input, text);
  if (read?.ok) {
    return read.message;
  }
  const { value, isPlain } = parseBody(text);
  return isPlain ? fromJsonString(input, text) : fromJson(input, value);
}

/**
 * Opens the envelope of a callback. Fields that it does not know are ignored,
 * as platforms add some at any time; those of the action are not its business.
 */
function openEnvelope(json: JsonRecord): CallbackEnvelope {
  const texts: { [K in TextField]?: string } = {};
  let parameters: JsonRecord = {};
  let message: JsonRecord = {};
  for (const key of Object.keys(json)) {
    const field = fields.get(key);
    const value = json[key];
    // In ProtoJSON null is the same as nothing.
    if (field === undefined || value === null) {
      continue;
    }
    if (field === "parameters") {
      parameters = readObject(key, value);
    } else if (field === "message") {
      message = readObject(key, value);
    } else if (texts[field] !== undefined) {
      throw new Refusal(400, `${JSON.stringify(key)} is given twice, in both of its spellings`);
    } else {
      texts[field] = ids.has(field) ? readId(key, value) : readText(key, value);
    }
  }
  const { action, ...identity } = texts;
  return {
    action: action === "" ? undefined : action,
    identity,
    content: readContent(message["content"]),
    decode: (input) => fromJson(input, parameters),
  };
}

/** Integers too long for a number are text already. */
function readId(key: string, value: unknown): string {
  return readText(key, Number.isSafeInteger(value) ? String(value) : value);
}

function readText(key: string, value: unknown): string {
  if (typeof value !== "string") {
    throw new Refusal(400, `${JSON.stringify(key)} must be a string, not ${kindOf(value)}`);
  }
  return value;
}

/** Other members of a message are the platform's business. */
function readContent(value: unknown): string {
  return value === undefined || value === null ? "" : readText("message.content", value);
}

function readObject(key: string, value: unknown): JsonRecord {
  if (!isRecord(value)) {
    throw new Refusal(400, `${JSON.stringify(key)} must be a JSON object, not ${kindOf(value)}`);
  }
  return value;
}
