// The messages that are measured: the same ones in every run.
import { create, type DescMessage, type Message, toJsonString } from "@bufbuild/protobuf";

/** Messages of one type, and their JSON text. */
export interface Inputs {
  readonly name: string;
  readonly desc: DescMessage;
  readonly messages: readonly Message[];
  readonly texts: readonly string[];
}

let state = 7;

function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

const words = "alpha bravo launch review sync planning infra design".split(" ");
const word = () => words[below(words.length)] ?? "alpha";
const sentence = (length: number) => Array.from({ length }, word).join(" ");
const text = (length: number, letters: string) =>
  Array.from({ length }, () => letters[below(letters.length)]).join("");
const hex = (length: number) => text(length, "0123456789abcdef");
const cents = (limit: number) => below(limit) / 100;

/** A request with ten parameters and a nested typed message, about 1.6 KB of JSON. */
function execute(): object {
  return {
    requestId: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    action: "calendar.schedule_meeting",
    version: 3,
    context: {
      tenantId: `tnt_${hex(10)}`,
      botId: `bot_${hex(10)}`,
      userId: `usr_${hex(10)}`,
      locale: "en-US",
      conversationId: BigInt(`1${text(17, "0123456789")}`),
      channel: `C${text(9, "ABCDEF0123456789")}`,
      isDirect: below(2) === 0,
    },
    params: Array.from({ length: 10 }, (_, i) => ({
      name: `${word()}_${i}`,
      secret: i === 3,
      value: param(i % 4),
    })),
    meeting: {
      title: (below(5) === 0 ? "Café ☕ " : "") + sentence(3),
      slug: `${word()}-${word()}`,
      organizerEmail: `${word()}@example.com`,
      start: 1_750_000_000 + below(1e6),
      end: 1_751_000_000 + below(1e6),
      capacity: 2 + below(38),
      tags: [word(), word(), word()],
      labels: { team: word(), env: "prod", tier: "gold" },
      attendees: Array.from({ length: 3 }, () => ({
        email: `${word()}.${word()}@example.com`,
        name: sentence(2),
        age: 20 + below(40),
      })),
      location: { lat: cents(9000), lng: -cents(18000), label: `${word()} HQ` },
      budget: cents(1e6),
    },
    signature: Uint8Array.from({ length: 64 }, () => below(256)),
    headers: { "x-trace-id": hex(32), "x-source": "slack" },
    mode: 2,
    deadlineMs: 1_750_000_123_456n,
    issuedAt: { seconds: 1_750_000_000n, nanos: 123_000_000 },
    scopes: [1, 2, 3, 400, 50000],
  };
}

function param(kind: number): object {
  switch (kind) {
    case 0:
      return { case: "stringValue", value: sentence(2 + below(5)) };
    case 1:
      return { case: "intValue", value: BigInt(1 + below(1e9)) };
    case 2:
      return { case: "numberValue", value: cents(1e6) };
    default:
      return { case: "boolValue", value: true };
  }
}

/** Forty messages, one inside of the other. */
function deep(level = 1): object {
  return { name: sentence(2), level, ...(level < 40 ? { child: deep(level + 1) } : {}) };
}

/** Sixty fields, of which one in three is not set. */
function wide(): object {
  const value = (i: number) =>
    [sentence(2), below(1e6), true, cents(1e6), BigInt(below(1e9))][i % 5];
  const fields = Array.from({ length: 60 }, (_, i) => i + 1).filter(() => below(3) > 0);
  return Object.fromEntries(fields.map((i) => [`wideField${i}`, value(i)]));
}

/** Fifty rows of eight numbers. */
function table(): object {
  return {
    columns: Array.from({ length: 8 }, word),
    rows: Array.from({ length: 50 }, (_, i) => ({
      rowId: BigInt(1000 + i),
      label: sentence(2),
      cells: Array.from({ length: 8 }, () => cents(1e6)),
    })),
    totals: Array.from({ length: 50 }, () => below(1e6)),
    averages: Array.from({ length: 50 }, () => cents(1e6)),
  };
}

const makers: Readonly<Record<string, () => object>> = {
  ExecuteRequest: execute,
  Deep: deep,
  Wide: wide,
  Table: table,
};

/** Messages of a type of bench.codec.v1. */
export function inputsFor(desc: DescMessage, count = 48): Inputs {
  const make = makers[desc.name];
  if (make === undefined) {
    throw new Error(`nobody makes messages of ${desc.typeName}`);
  }
  const messages = Array.from({ length: count }, () =>
    create(desc, make() as Record<string, unknown>),
  );
  return {
    name: desc.name,
    desc,
    messages,
    texts: messages.map((message) => toJsonString(desc, message)),
  };
}
