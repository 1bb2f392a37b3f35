import { create, toJson } from "@bufbuild/protobuf";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { implement, silentLogger } from "botwire";
import { createActionClient, memoryTransport, webhookTransport } from "botwire/client";
import { connectDoor, executeTransport } from "botwire/connect";
import { type BotServer, createBotServer } from "botwire/node";
import { callbackDoor } from "botwire/webhook";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collect } from "./collect.ts";
import { type Everything, EverythingSchema } from "./generated/es/wire/v1/wire_pb.ts";
import { WireService } from "./generated/es-actions/wire/v1/wire.connect.ts";

// Contracts whose messages are those of protobuf-es.

const wire = implement(WireService, {
  echo: ({ everything }) => ({ ...(everything && { everything }) }),
  fail: () => ({}),
  wait: () => ({ done: true }),
  *count({ to }) {
    for (let number = 1n; number <= to; number++) {
      yield { number };
    }
  },
});

const everything: Everything = create(EverythingSchema, {
  text: "日本語",
  data: new Uint8Array([0, 255]),
  int64: -9_223_372_036_854_775_808n,
  double: Number.NaN,
  shade: 2,
  child: { text: "child" },
  children: [{}, { flag: true }],
  byName: { constructor: "c" },
  byNumber: { "-1": { text: "minus one" } },
  byFlag: { true: new Uint8Array([1]) },
  choice: { case: "nothing", value: {} },
  maybe: "",
  at: { seconds: 1_771_286_400n, nanos: 123_456_789 },
  class: "text",
});

let server: BotServer;
let baseUrl: string;
beforeAll(async () => {
  server = createBotServer({
    actions: [wire],
    doors: [connectDoor(), callbackDoor({ unsigned: true })],
    log: silentLogger,
    ownsProcess: false,
  });
  baseUrl = (await server.listen({ port: 0, host: "127.0.0.1" })).url;
});
afterAll(() => server.close());

describe.each([
  ["connect", () => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  ["gRPC", () => createGrpcTransport({ baseUrl })],
  ["gRPC-Web", () => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["execute", () => executeTransport({ transport: createGrpcTransport({ baseUrl }) })],
  ["webhook", () => webhookTransport({ url: `${baseUrl}/coze_callback` })],
  ["memory", () => memoryTransport([wire], { log: silentLogger })],
])("messages of protobuf-es over %s", (_name, transport) => {
  it("are carried as they are", async () => {
    const answer = await createActionClient(WireService, transport()).echo({ everything });
    expect(answer.everything && toJson(EverythingSchema, answer.everything)).toEqual(
      toJson(EverythingSchema, everything),
    );
  });

  it("are streamed, and checked", async () => {
    const client = createActionClient(WireService, transport());
    const numbers = await collect(client.count({ to: 3 }));
    expect(numbers.map(({ number }) => number)).toEqual([1n, 2n, 3n]);
    await expect(client.fail({})).rejects.toMatchObject({
      code: "invalid_argument",
      violations: [{ field: "code", rule: "string.min_len" }],
    });
  });
});
