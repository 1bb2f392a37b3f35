import { hash } from "node:crypto";
import { context, trace } from "@opentelemetry/api";
import { ActionError, createPipeline } from "botwire";
import { createActionClient, memoryTransport, webhookTransport } from "botwire/client";
import { startTelemetry, tracedTransport } from "botwire/telemetry";
import { describe, expect, it } from "vitest";
import { callOf, errorOf, NoteService, notes, streamOf } from "../action/fixtures.ts";

import { startWithSink } from "./start.ts";

const parentTrace = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${parentTrace}-b7ad6b7169203331-01`;

async function withPipeline(
  handlers: Parameters<typeof notes>[0] = {},
  options: Partial<Parameters<typeof createPipeline>[0]> = {},
) {
  const started = await startWithSink();
  const { telemetry } = started;
  const pipeline = createPipeline({ actions: [notes(handlers)], ...telemetry.server, ...options });
  return { ...started, pipeline };
}

describe("a call", () => {
  it("has a span with those of its parts in it, and code runs in their context", async () => {
    const { pipeline, telemetry, sink, lines } = await withPipeline({
      echo: async (request, { log }) => {
        await null;
        log.info("at work", { count: 1 });
        return trace.getTracer("user").startActiveSpan("own work", (span) => {
          span.end();
          return request;
        });
      },
    });
    const outcome = await pipeline.invoke(callOf());
    await telemetry.flush();
    const [server, validate, handler, own] = [
      "test echo",
      "validate test.v1.Note",
      "handler echo",
      "own work",
    ].map((name) => sink.spans.find((span) => span.name === name));
    expect(server).toMatchObject({
      service: "testbot",
      kind: 2,
      parentSpanId: "",
      status: 0,
      traceId: outcome.traceId,
      attributes: { "botwire.door": "test", "botwire.action": "echo" },
    });
    expect(validate?.parentSpanId).toBe(server?.spanId);
    expect(handler?.parentSpanId).toBe(server?.spanId);
    expect(own?.parentSpanId).toBe(handler?.spanId);
    expect(new Set(sink.spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "info",
      service: "testbot",
      message: "at work",
      trace_id: outcome.traceId,
      span_id: handler?.spanId,
      count: 1,
    });
    expect(sink.logs).toMatchObject([
      {
        severity: "info",
        body: "at work",
        traceId: outcome.traceId,
        spanId: handler?.spanId,
        attributes: { count: 1, action: "echo", door: "test" },
      },
    ]);
  });

  it("goes on in the trace of its caller", async () => {
    const { pipeline, telemetry, sink } = await withPipeline();
    const outcome = await pipeline.invoke(callOf({ requestHeaders: { traceparent } }));
    await telemetry.flush();
    expect(outcome.traceId).toBe(parentTrace);
    expect(sink.spans.find(({ kind }) => kind === 2)).toMatchObject({
      traceId: parentTrace,
      parentSpanId: "b7ad6b7169203331",
    });
  });

  it("has the trace that its route brings, with a link where the caller has one of its own", async () => {
    const { pipeline, telemetry, sink } = await withPipeline();
    const traceId = hash("sha256", "bot.event:e1").slice(0, 32);
    const route = () => ({
      action: "echo",
      identity: { traceId, eventId: "e1" },
      decode: () => ({ text: "", count: 0 }),
    });
    const call = { route, traceFromRoute: true };
    expect((await pipeline.invoke(callOf(call))).traceId).toBe(traceId);
    await pipeline.invoke(callOf({ ...call, requestHeaders: { traceparent } }));
    await telemetry.flush();
    const servers = sink.spans.filter(({ kind }) => kind === 2);
    expect(servers).toMatchObject([
      { traceId, parentSpanId: "", links: [], attributes: { "botwire.event.id": "e1" } },
      { traceId: parentTrace, links: [traceId] },
    ]);
    expect(sink.spans.filter((span) => span.traceId === traceId)).toHaveLength(3);
  });

  it("has the trace that a hook has chosen", async () => {
    const chosen = "ab".repeat(16);
    const { pipeline, telemetry, sink } = await withPipeline(
      {},
      {
        hooks: [
          {
            onRequestStart(context) {
              context.traceId = chosen;
            },
          },
        ],
      },
    );
    await pipeline.invoke(callOf());
    await telemetry.flush();
    expect(new Set(sink.spans.map(({ traceId }) => traceId))).toEqual(new Set([chosen]));
  });

  it("is an error where the server is to blame", async () => {
    const { pipeline, telemetry, sink } = await withPipeline({
      echo({ text }) {
        throw text === "bug"
          ? new TypeError("a bug")
          : new ActionError("not_found", "no such note");
      },
    });
    await pipeline.invoke(callOf({ request: { text: "bug" } }));
    await pipeline.invoke(callOf());
    await pipeline.invoke(callOf({ request: { text: "bad" } }));
    await pipeline.invoke(callOf({ action: "made-up" }));
    await telemetry.flush();
    expect(sink.spans.filter(({ kind }) => kind === 2)).toMatchObject([
      { status: 2, attributes: { "error.type": "internal" }, events: ["exception"] },
      { status: 0, attributes: { "error.type": "not_found" }, events: [] },
      { status: 0, attributes: { "error.type": "invalid_argument" } },
      { name: "test", status: 0, attributes: { "error.type": "not_found" } },
    ]);
    expect(sink.logs.find(({ severity }) => severity === "error")?.attributes).toMatchObject({
      "exception.type": "ActionError",
      "exception.message": "internal error",
    });
  });

  it("of a stream lasts until its end, in the context of its handler", async () => {
    const { pipeline, telemetry, sink } = await withPipeline({
      async *repeat() {
        yield {};
        trace.getTracer("user").startSpan("second").end();
        yield {};
      },
    });
    const stream = streamOf(await pipeline.invoke(callOf({ action: "repeat" })));
    while ((await stream.next()).done !== true);
    await telemetry.flush();
    const handler = sink.spans.find(({ name }) => name === "handler repeat");
    expect(sink.spans.find(({ name }) => name === "second")?.parentSpanId).toBe(handler?.spanId);
  });

  it("is counted by action, door and code; names that callers make up are one label", async () => {
    const { pipeline, telemetry, sink } = await withPipeline();
    await pipeline.invoke(callOf());
    await pipeline.invoke(callOf({ request: { text: "bad" } }));
    await pipeline.invoke(callOf({ action: "made-up" }));
    await pipeline.invoke(callOf({ action: "made-up-too" }));
    telemetry.observeStates({
      kind: "breaker",
      states: ["closed", "open"],
      read: () => [["echo", "open"]],
    });
    await telemetry.flush();
    const points = (metric: string) => sink.points.filter((point) => point.metric === metric);
    const counts = points("request_count").map(({ value, attributes }) => [value, attributes]);
    expect(counts).toEqual([
      [1, { action: "echo", door: "test", code: "ok" }],
      [1, { action: "echo", door: "test", code: "invalid_argument" }],
      [2, { action: "_unknown", door: "test", code: "not_found" }],
    ]);
    expect(points("request_duration")).toMatchObject([{ value: 1 }, { value: 1 }, { value: 2 }]);
    expect(points("request_duration")[0]).toMatchObject({
      unit: "s",
      bounds: expect.arrayContaining([0.005, 1]),
    });
    expect(points("validation_failures")).toMatchObject([
      { value: 1, attributes: { action: "echo", door: "test" } },
    ]);
    expect(points("requests_in_flight")).toMatchObject([
      { value: 0, attributes: { door: "test" } },
    ]);
    expect(
      points("breaker_state").map(({ value, attributes }) => [attributes["state"], value]),
    ).toEqual([
      ["closed", 0],
      ["open", 1],
    ]);
  });

  it("is recorded as often as it is sampled, and has its trace either way", async () => {
    const { telemetry, sink } = await startWithSink({ sampleRatio: 0 });
    const seen: (string | undefined)[] = [];
    const echo = (request: object) => {
      seen.push(trace.getSpanContext(context.active())?.traceId);
      return request;
    };
    const pipeline = createPipeline({ actions: [notes({ echo })], ...telemetry.server });
    const outcome = await pipeline.invoke(callOf());
    await pipeline.invoke(callOf({ requestHeaders: { traceparent } }));
    await telemetry.flush();
    expect(seen).toEqual([outcome.traceId, parentTrace]);
    expect(new Set(sink.spans.map(({ traceId }) => traceId))).toEqual(new Set([parentTrace]));
  });
});

describe("a client", () => {
  it("sends its trace along", async () => {
    const { telemetry, sink } = await startWithSink();
    const transport = memoryTransport([notes()], telemetry.server);
    const client = createActionClient(NoteService, tracedTransport(transport));
    await client.echo({ text: "a" });
    for await (const note of client.repeat({ count: 2 })) {
      expect(note.count).toBeGreaterThan(0);
    }
    await expect(client.echo({ text: "bad" })).rejects.toThrow();
    await telemetry.flush();
    const clients = sink.spans.filter(({ kind }) => kind === 3);
    expect(clients.map(({ name, status }) => [name, status])).toEqual([
      ["call echo", 0],
      ["call repeat", 0],
      ["call echo", 2],
    ]);
    const servers = sink.spans.filter(({ kind }) => kind === 2);
    expect(servers.map(({ parentSpanId }) => parentSpanId)).toEqual(
      clients.map(({ spanId }) => spanId),
    );
  });

  it("over HTTP sends it in a header", async () => {
    const { telemetry, sink } = await startWithSink();
    let sent: string | null = null;
    const transport = webhookTransport({
      url: "http://localhost/coze_callback",
      fetch: async (_, init) => {
        sent = new Headers(init?.headers).get("traceparent");
        return new Response("", { status: 503 });
      },
    });
    const client = createActionClient(NoteService, tracedTransport(transport));
    await expect(client.echo({ text: "a" })).rejects.toThrow("503");
    await telemetry.flush();
    const [span] = sink.spans;
    expect(sent).toBe(`00-${span?.traceId}-${span?.spanId}-01`);
  });
});

describe("without configuration", () => {
  it("there is a logger, and nothing else", async () => {
    const lines: string[] = [];
    const telemetry = await startTelemetry({
      serviceName: "testbot",
      destination: { write: (line: string) => void lines.push(line) },
    });
    expect(Object.keys(telemetry.server)).toEqual(["log"]);
    const pipeline = createPipeline({
      actions: [
        notes({
          echo(request, { log }) {
            log.warn("careful");
            return request;
          },
        }),
      ],
      ...telemetry.server,
    });
    errorOf(await pipeline.invoke(callOf({ action: "made-up" })));
    const { traceId } = await pipeline.invoke(callOf());
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      message: "careful",
      trace_id: traceId,
      service: "testbot",
    });
    expect(trace.getTracer("x").startSpan("y").isRecording()).toBe(false);
    expect(() => telemetry.metricsDoor({ unsigned: true })).toThrow(/prometheus: true/);
    await telemetry.shutdown();
  });
});
