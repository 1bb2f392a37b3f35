import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Contender } from "../harness.ts";
import type { Inputs } from "./inputs.ts";

const text = { type: "string" };
const number = { type: "number" };
const integer = { type: "integer" };
const flag = { type: "boolean" };
const list = (items: object) => ({ type: "array", items });
const object = (properties: object) => ({ type: "object", properties });
const texts = { type: "object", additionalProperties: text };

const attendee = object({ email: text, name: text, age: integer });

const executeRequest = object({
  requestId: text,
  action: text,
  version: integer,
  context: object({
    tenantId: text,
    botId: text,
    userId: text,
    locale: text,
    conversationId: text,
    channel: text,
    isDirect: flag,
  }),
  params: list(
    object({
      name: text,
      stringValue: text,
      intValue: text,
      numberValue: number,
      boolValue: flag,
      secret: flag,
    }),
  ),
  meeting: object({
    title: text,
    slug: text,
    organizerEmail: text,
    start: integer,
    end: integer,
    capacity: integer,
    tags: list(text),
    labels: texts,
    attendees: list(attendee),
    location: object({ lat: number, lng: number, label: text }),
    budget: number,
  }),
  signature: text,
  headers: texts,
  mode: text,
  deadlineMs: text,
  issuedAt: text,
  scopes: list(integer),
});

/** Writes what is JSON already, so that it has less to do than all others. */
export async function fastJsonStringify({ texts }: Inputs): Promise<Contender> {
  const require = createRequire(resolve("bench/peers/package.json"));
  const build: (schema: object) => (value: unknown) => string = require("fast-json-stringify");
  const write = build(executeRequest);
  const plain = texts.map((text): unknown => JSON.parse(text));
  return { name: "fast-json-stringify, of JSON", run: (i) => write(plain[i]) };
}
