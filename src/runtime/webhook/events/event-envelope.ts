import { EventHeaderSchema } from "../../../../generated/actions/bot/coze/v1/events.ts";
import type { EventHeader } from "../../../../generated/types/bot/coze/v1/events.ts";
import { tryFromJson } from "../../codec/from-json.ts";
import { formatProblems } from "../../codec/problem.ts";
import { isRecord, type JsonRecord, kindOf } from "../../http/json-body.ts";
import { Refusal } from "../../http/refusal.ts";
import { type EventCase, eventCases, eventSchemas } from "./event-types.ts";

/** An event as it came, read as far as its contract goes. */
export interface ReceivedEvent {
  readonly header: EventHeader;
  readonly kind: EventCase;
  /** The message of that kind. */
  readonly message: unknown;
  /** Why an event of a known type became an unknown one. */
  readonly mismatch: string | undefined;
}

/** The type of the event that asks whether the address is right. */
export const verificationType = "url_verification";

/** The two parts of what is pushed. Throws a `Refusal` if it is something else. */
export function openEvent(json: JsonRecord): { header: EventHeader; payload: JsonRecord } {
  const { header, event } = json;
  if (!isRecord(header)) {
    throw new Refusal(400, `"header" must be a JSON object, not ${kindOf(header)}`);
  }
  if (!isRecord(event)) {
    throw new Refusal(400, `"event" must be a JSON object, not ${kindOf(event)}`);
  }
  const read = tryFromJson(EventHeaderSchema, textIds(header), { unknownFields: "ignore" });
  if (!read.ok) {
    throw new Refusal(400, `"header" cannot be read: ${formatProblems(read.problems)}`);
  }
  if (read.message.eventType === "") {
    throw new Refusal(400, '"header" has no event_type');
  }
  return { header: read.message, payload: event };
}

/**
 * Reads an event by its contract. One of another type, or that has become
 * different since the contract was written, is an `unknown` one: what cannot be
 * read must not be lost.
 */
export function readEvent(header: EventHeader, payload: JsonRecord, body: string): ReceivedEvent {
  const kind = eventCases.get(header.eventType);
  if (kind !== undefined) {
    const read = tryFromJson<unknown>(eventSchemas[kind], textIds(payload), {
      unknownFields: "ignore",
    });
    if (read.ok) {
      return { header, kind, message: read.message, mismatch: undefined };
    }
    return { ...unknownEvent(header, body), mismatch: formatProblems(read.problems) };
  }
  return unknownEvent(header, body);
}

function unknownEvent(header: EventHeader, body: string): ReceivedEvent {
  return { header, kind: "unknown", message: { json: body }, mismatch: undefined };
}

const idName = /^(id|.*_id|.*_uid)$/;

/**
 * Writes ids as text that are numbers, which those too long for one are already,
 * and gives them one name where the platform has two (`bot_id_str`).
 */
function textIds(record: JsonRecord): JsonRecord {
  const entries = new Map<string, unknown>();
  for (const [key, value] of Object.entries(record)) {
    const name = key.endsWith("_id_str") ? key.slice(0, -"_str".length) : key;
    if (name !== key || !entries.has(key)) {
      entries.set(name, textId(name, value));
    }
  }
  return Object.fromEntries(entries);
}

function textId(name: string, value: unknown): unknown {
  if (isRecord(value)) {
    return textIds(value);
  }
  return idName.test(name) && Number.isSafeInteger(value) ? String(value) : value;
}
