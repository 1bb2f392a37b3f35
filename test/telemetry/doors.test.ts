import { hash } from "node:crypto";
import { createClient } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { createActionClient, webhookTransport } from "botwire/client";
import { connectDoor } from "botwire/connect";
import { createFetchHandler } from "botwire/fetch";
import { mcpDoor } from "botwire/mcp";
import { createBotServer } from "botwire/node";
import { tracedTransport } from "botwire/telemetry";
import { callbackDoor, eventsDoor, toolDoor } from "botwire/webhook";
import { describe, expect, it, onTestFinished } from "vitest";
import { almanac } from "../../examples/almanac/almanac.ts";
import { openMeteo } from "../../examples/almanac/open-meteo.ts";
import { AlmanacService } from "../../generated/actions/almanac/v1/almanac.ts";
import { AlmanacService as descriptor } from "../../generated/es/almanac/v1/almanac_pb.ts";
import { AlmanacServiceTools } from "../../generated/spec/mcp/almanac/v1/almanac.tools.ts";
import { connect } from "../mcp/connect.ts";
import { post } from "../server/start.ts";
import { EventPlatform } from "../webhook/event-platform.ts";
import { startWithSink } from "./start.ts";

const parent = "0af7651916cd43dd8448eb211c80319c";
const headers = { traceparent: `00-${parent}-b7ad6b7169203331-01` };
const request = { timeZone: "Asia/Shanghai" };
const json = { time_zone: "Asia/Shanghai" };

const actions = [almanac(openMeteo("http://127.0.0.1:1"))];
const doors = [
  callbackDoor({ unsigned: true }),
  toolDoor({ unsigned: true }),
  eventsDoor({ token: "t", on: {} }),
  mcpDoor({ tools: [AlmanacServiceTools], unsigned: true }),
  connectDoor(),
];

async function traced() {
  const started = await startWithSink();
  const server = createBotServer({
    ...started.telemetry.server,
    actions,
    doors,
    ownsProcess: false,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen({ port: 0, host: "127.0.0.1" });
  /** The server spans that there are now. */
  const servers = async () => {
    await started.telemetry.flush();
    return started.sink.spans.filter(({ kind }) => kind === 2);
  };
  return { ...started, url, servers };
}

type Call = (url: string) => Promise<unknown>;

/** Calls over RPC with one of Connect's own transports. */
const rpc =
  (create: typeof createConnectTransport | typeof createGrpcWebTransport): Call =>
  (baseUrl) =>
    createClient(descriptor, create({ baseUrl, httpVersion: "1.1" })).getLocalTime(request, {
      headers,
    });

const calls: Record<string, { readonly door: string; readonly call: Call }> = {
  "the callback": {
    door: "callback",
    call: (url) =>
      post(`${url}/coze_callback`, { action: "get_local_time", parameters: json }, headers),
  },
  "a tool call": {
    door: "tool",
    call: (url) => post(`${url}/actions/get_local_time`, json, headers),
  },
  Connect: { door: "connect", call: rpc(createConnectTransport) },
  "gRPC-Web": { door: "grpc-web", call: rpc(createGrpcWebTransport) },
  gRPC: {
    door: "grpc",
    call: (baseUrl) =>
      createClient(descriptor, createGrpcTransport({ baseUrl })).getLocalTime(request, {
        headers,
      }),
  },
  MCP: {
    door: "mcp",
    async call(url) {
      const client = await connect(`${url}/mcp`, "2025-11-25", { headers });
      return client.callTool({ name: "get_local_time", arguments: json });
    },
  },
};

describe("the span of a call", () => {
  it.each(Object.entries(calls))(
    "that came as %s has the caller's as its parent",
    async (_, { door, call }) => {
      const { url, servers } = await traced();
      await call(url);
      // The official MCP client also asks for a stream of messages, which the door has not.
      const spans = (await servers()).filter(({ attributes }) => "botwire.action" in attributes);
      expect(spans).toMatchObject([
        {
          traceId: parent,
          parentSpanId: "b7ad6b7169203331",
          attributes: { "botwire.door": door, "botwire.action": "get_local_time" },
        },
      ]);
    },
  );

  it("that came as a platform's event is in the trace of the event", async () => {
    const { url, servers } = await traced();
    const platform = new EventPlatform(`${url}/coze_events`, "t");
    const event = platform.prepare("bot.published", "{}", { event_id: "e-1" });
    const send = (more: Record<string, string>) =>
      post(`${url}/coze_events`, event.body, { ...platform.sign(event), ...more });
    await send({});
    await send(headers);
    const traceId = hash("sha256", "bot.event:e-1").slice(0, 32);
    expect(await servers()).toMatchObject([
      { traceId, links: [], attributes: { "botwire.door": "events" } },
      { traceId: parent, links: [traceId], attributes: { "botwire.door": "events" } },
    ]);
  });

  it("that came through fetch has the caller's as its parent", async () => {
    const { telemetry, sink } = await startWithSink();
    const handler = createFetchHandler({ ...telemetry.server, actions, doors });
    await handler(
      new Request("https://bot.example/actions/get_local_time", {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(json),
      }),
    );
    await telemetry.flush();
    expect(sink.spans.find(({ kind }) => kind === 2)).toMatchObject({ traceId: parent });
  });

  it("is the child of that of a client that is watched", async () => {
    const { url, sink, telemetry } = await traced();
    const transport = tracedTransport(webhookTransport({ url: `${url}/coze_callback` }));
    await createActionClient(AlmanacService, transport).getLocalTime(request);
    await telemetry.flush();
    const client = sink.spans.find(({ kind }) => kind === 3);
    const server = sink.spans.find(({ kind }) => kind === 2);
    expect(client).toBeDefined();
    expect(server).toMatchObject({ traceId: client?.traceId, parentSpanId: client?.spanId });
  });
});
