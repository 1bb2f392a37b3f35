import { ExactJsonReader } from "../codec/exact-reader.ts";
import { fieldTable } from "../codec/field-table.ts";
import type { MessageCodec } from "../codec/message-codec.ts";
import { decodeObject } from "../http/decode-object.ts";
import { isRecord, type JsonRecord, kindOf, parseJsonObject } from "../http/json-body.ts";
import { Refusal } from "../http/refusal.ts";
import { memberBounds } from "./member-bounds.ts";

/** What a callback says beside its signature: `bot.coze.v1.CallbackRequest`. */
export interface CallbackEnvelope {
  /** Undefined if the caller left it out, or empty. */
  readonly action: string | undefined;
  /** What the callback says of its caller; empty texts where it says nothing. */
  readonly identity: Readonly<Texts>;
  /** The content of the user's message; empty if there is none. */
  readonly content: string;
  /** Reads the action's request from the parameters. */
  decode(input: MessageCodec<unknown>): unknown;
}

/** The texts of an envelope. All objects with them have one shape, whatever was sent. */
export class Texts {
  action = "";
  botId = "";
  userId = "";
  conversationId = "";
  connectorId = "";
  eventId = "";
  locale = "";
  deviceClass = "";
}

type TextField = keyof Texts;

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

const names = [
  "action",
  "message",
  "parameters",
  "bot_id",
  "user_id",
  "conversation_id",
  "connector_id",
  "event_id",
  "locale",
  "device_class",
];
const envelopeFields = fieldTable(names);
/** What the envelope's fields are, by their index. */
const targets = names.map((name) => fields.get(name));
const messageFields = fieldTable(["content"]);

/** The schema of what an action is called with, if there is such an action. */
export type InputSchemas = (action: string) => MessageCodec<unknown> | undefined;

interface ReadEnvelope {
  readonly texts: Texts;
  readonly content: string;
  readonly parameters: Parameters | undefined;
}

/** The parameters of an action, which are read later if its name comes later. */
interface Parameters {
  /** Where in the body they are. */
  readonly bounds: readonly [start: number, end: number];
  /** What they are by the schema of the action that was named. */
  readonly read?: { readonly schema: MessageCodec<unknown>; readonly message: unknown };
}

/**
 * Opens the envelope of the callback that a body has to be.
 *
 * @param schemas by which parameters are read in passing, where the action is named before them
 */
export function readEnvelope(
  body: Uint8Array,
  maxDepth: number,
  schemas: InputSchemas = () => undefined,
): CallbackEnvelope {
  const options = { unknownFields: "ignore", maxNesting: maxDepth } as const;
  const input = new ExactJsonReader(body, options, false);
  const read = input.read({ readJson: () => readJson(input, schemas) });
  if (read === undefined) {
    input.release();
    // What is unusual is read with care.
    return openEnvelope(parseJsonObject(body, maxDepth), body);
  }
  const { texts, content, parameters } = read.message;
  return envelope(texts, content, decoder(input, body, parameters));
}

/** Decodes the parameters by the reader that found them, which is given back then. */
function decoder(
  input: ExactJsonReader,
  body: Uint8Array,
  parameters: Parameters | undefined,
): CallbackEnvelope["decode"] {
  let isOpen = parameters !== undefined && parameters.read === undefined;
  if (!isOpen) {
    input.release();
  }
  return (schema) => {
    if (parameters === undefined) {
      return decodeObject(schema, noParameters);
    }
    const { bounds, read } = parameters;
    if (read?.schema === schema) {
      return read.message;
    }
    const found = isOpen ? input.readObject(bounds, schema) : undefined;
    if (isOpen) {
      isOpen = false;
      input.release();
    }
    return found === undefined ? decodeObject(schema, body.subarray(...bounds)) : found.message;
  };
}

const noParameters: Uint8Array = new TextEncoder().encode("{}");

function readJson(input: ExactJsonReader, schemas: InputSchemas): ReadEnvelope {
  const texts = new Texts();
  let content = "";
  let parameters: ReadEnvelope["parameters"];
  for (
    let field = input.open(envelopeFields);
    field >= 0;
    field = input.next(envelopeFields, field)
  ) {
    const name = targets[field];
    if (name === "parameters") {
      parameters = readParameters(input, schemas(texts.action));
    } else if (name === "message") {
      for (let at = input.open(messageFields); at >= 0; at = input.next(messageFields, at)) {
        content = input.string();
      }
    } else if (name !== undefined) {
      texts[name] = ids.has(name) ? input.id() : input.string();
    }
  }
  return { texts, content, parameters };
}

function readParameters(
  input: ExactJsonReader,
  schema: MessageCodec<unknown> | undefined,
): Parameters {
  const start = input.index;
  const read = schema && input.messageHere(schema);
  return schema === undefined || read === undefined
    ? { bounds: input.object() }
    : { bounds: [start, input.index], read: { schema, message: read.message } };
}

/**
 * Opens the envelope of a callback. Fields that it does not know are ignored,
 * as platforms add some at any time; those of the action are not its business.
 */
function openEnvelope(json: JsonRecord, body: Uint8Array): CallbackEnvelope {
  const texts = new Texts();
  const given = new Set<TextField>();
  let parameters = noParameters;
  let message: JsonRecord = {};
  for (const key of Object.keys(json)) {
    const field = fields.get(key);
    const value = json[key];
    // In ProtoJSON null is the same as nothing.
    if (field === undefined || value === null) {
      continue;
    }
    if (field === "parameters") {
      readObject(key, value);
      // Out of what was parsed, duplicate keys have gone.
      const bounds = memberBounds(body, key);
      parameters = bounds === undefined ? noParameters : body.subarray(...bounds);
    } else if (field === "message") {
      message = readObject(key, value);
    } else if (given.has(field)) {
      throw new Refusal(400, `${JSON.stringify(key)} is given twice, in both of its spellings`);
    } else {
      given.add(field);
      texts[field] = ids.has(field) ? readId(key, value) : readText(key, value);
    }
  }
  return envelope(texts, readContent(message["content"]), (input) =>
    decodeObject(input, parameters),
  );
}

function envelope(
  texts: Texts,
  content: string,
  decode: CallbackEnvelope["decode"],
): CallbackEnvelope {
  const action = texts.action === "" ? undefined : texts.action;
  return { action, identity: texts, content, decode };
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
