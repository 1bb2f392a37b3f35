import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { createPipeline, implement, type Middleware, silentLogger } from "botwire";
import { connectDoor, fromConnectError } from "botwire/connect";
import { mcpDoor } from "botwire/mcp";
import { eventsDoor, toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { callOf, errorOf, messageOf, notes, recordingLogger } from "../action/fixtures.ts";
import { WireService } from "../connect/generated/actions/wire/v1/wire.connect.ts";
import { WireService as WireDesc } from "../connect/generated/es/wire/v1/wire_pb.ts";
import { wireHandlers } from "../connect/wire-handlers.ts";
import { NoteServiceTools } from "../mcp/note-tools.ts";
import { noteBot } from "../webhook/note-bot.ts";
import { load, quantile } from "./load.ts";
import { connect, rawPost } from "./raw.ts";
import { keepLog, openDoors, post, start } from "./start.ts";

/** A middleware that keeps the calls whose user is `slow` until it is let go. */
function keeper() {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const entered = Promise.withResolvers<undefined>();
  let ran = 0;
  const middleware: Middleware = async (context, next) => {
    ran += 1;
    if (context.userId === "slow") {
      entered.resolve(undefined);
      await promise;
    }
    return next();
  };
  return { middleware, entered: entered.promise, letGo: () => resolve(undefined), ran: () => ran };
}

describe("a pipeline with as many calls as it takes", () => {
  it("turns others away, with all hooks, and takes calls again afterwards", async () => {
    const seen: string[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const { log, lines } = recordingLogger();
    const pipeline = createPipeline({
      actions: [notes({ echo: (request) => promise.then(() => request) })],
      overload: { maxInFlight: 1 },
      hooks: [
        {
          onRequestStart: () => void seen.push("start"),
          onRouteMatch: () => void seen.push("match"),
          onError: (_context, error) => void seen.push(error.code),
          onRequestEnd: () => void seen.push("end"),
        },
      ],
      log,
    });
    expect(pipeline.overloaded()).toBeUndefined();
    const first = pipeline.invoke(callOf());
    expect(pipeline.overloaded()).toMatchObject({ code: "unavailable", retryAfterMs: 1000 });
    seen.length = 0;
    let routed = false;
    const second = await pipeline.invoke(
      callOf({
        route() {
          routed = true;
          throw new Error("nothing may be read");
        },
      }),
    );
    expect(errorOf(second)).toMatchObject({
      code: "unavailable",
      message: "the server is overloaded; try again later",
      retryAfterMs: 1000,
    });
    expect([routed, second.ok ? undefined : second.ran, seen]).toEqual([
      false,
      false,
      ["start", "unavailable", "end"],
    ]);
    await pipeline.invoke(callOf());
    expect(lines.filter(({ message }) => message.startsWith("calls are turned away"))).toEqual([
      {
        level: "warn",
        message: "calls are turned away: the server is overloaded",
        fields: { calls: 1, in_flight: 1, delay_ms: 0 },
      },
    ]);
    resolve(undefined);
    expect(messageOf(await first)).toMatchObject({ text: "hello" });
    expect(messageOf(await pipeline.invoke(callOf()))).toMatchObject({ text: "hello" });
  });

  it("counts what a call has waited into its budget", async () => {
    let delay = 400;
    const pipeline = createPipeline({
      actions: [notes({ echo: (_, { deadline }) => ({ count: deadline - Date.now() }) })],
      overload: { delayMs: () => delay, maxDelayMs: 1500 },
      log: silentLogger,
    });
    const left = messageOf(await pipeline.invoke(callOf({ budgetMs: 1000 })));
    expect(left).toMatchObject({ count: expect.closeTo(590, -2) });
    delay = 1200;
    const late = await pipeline.invoke(callOf({ budgetMs: 1000 }));
    expect(errorOf(late)).toMatchObject({ code: "deadline_exceeded" });
    delay = 1501;
    expect(errorOf(await pipeline.invoke(callOf({ budgetMs: 5000 }))).code).toBe("unavailable");
  });

  it("refuses limits that are none", () => {
    const make = (maxInFlight: number) => () =>
      createPipeline({ actions: [notes()], overload: { maxInFlight } });
    for (const wrong of [0, -1, Number.NaN]) {
      expect(make(wrong)).toThrow(
        `overload.maxInFlight must be more than 0, not ${wrong}: leave it out for its default`,
      );
    }
  });
});

describe("an overloaded server", () => {
  it("says so at every door, before it reads a body", async () => {
    const { middleware, entered, letGo, ran } = keeper();
    const doors = [
      ...openDoors,
      eventsDoor({ unsigned: true, on: {} }),
      mcpDoor({ unsigned: true, tools: [NoteServiceTools] }),
    ];
    const { port, url } = await start({
      doors,
      middleware: [middleware],
      overload: { maxInFlight: 1 },
    });
    const slow = post(`${url}/coze_callback`, { action: "echo", user_id: "slow" });
    await entered;
    for (const path of ["/coze_callback", "/actions/echo", "/coze_events", "/mcp"]) {
      const { socket, until } = connect(port);
      // None of the body follows.
      socket.write(rawPost(path, "").replace("length: 0", "length: 100"));
      await until("the server is overloaded");
      await until("HTTP/1.1 503 Service Unavailable\r\n");
      await until("retry-after: 1\r\n");
      socket.destroy();
    }
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(ran()).toBe(1);
    letGo();
    expect((await slow).status).toBe(200);
    expect((await post(`${url}/actions/echo`, { text: "a" })).status).toBe(200);
  });

  it("says so over Connect and gRPC as unavailable, with RetryInfo", async () => {
    const { middleware, entered, letGo, ran } = keeper();
    const { url: baseUrl } = await start({
      bot: implement(WireService, wireHandlers()),
      doors: [connectDoor()],
      middleware: [middleware],
      overload: { maxInFlight: 1 },
    });
    const overConnect = createConnectTransport({ baseUrl, httpVersion: "1.1" });
    const slow = createClient(WireDesc, overConnect).echo({}, { headers: { "x-user-id": "slow" } });
    await entered;
    for (const transport of [overConnect, createGrpcTransport({ baseUrl })]) {
      const error: unknown = await createClient(WireDesc, transport)
        .echo({})
        .catch((reason: unknown) => reason);
      expect(ConnectError.from(error).code).toBe(Code.Unavailable);
      expect(fromConnectError(error)).toMatchObject({ retryAfterMs: 1000 });
    }
    expect(ran()).toBe(1);
    letGo();
    await slow;
  });
});

describe("under ten times the load that it bears", () => {
  it("a server whose handlers wait answers within their budget, or within milliseconds", async () => {
    // 8 places of 20 ms each: 400 calls/s.
    const bot = noteBot({ echo: (request) => sleep(20, request) });
    const { url } = await start({ bot, overload: { maxInFlight: 8 } });
    const done = load(`${url}/actions/echo`, { connections: 120, durationMs: 1500, pauseMs: 15 });
    await sleep(700);
    const asked = performance.now();
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const livezMs = performance.now() - asked;
    const { times, withoutRetryAfter } = await done;
    const { 200: taken = [], 503: refused = [], ...others } = times;
    expect([Object.keys(others), withoutRetryAfter]).toEqual([[], 0]);
    expect(taken.length).toBeGreaterThan(50);
    expect(refused.length).toBeGreaterThan(9 * taken.length);
    expect(quantile(taken, 0.5)).toBeLessThan(2800);
    expect(quantile(refused, 0.5)).toBeLessThan(50);
    expect(livezMs).toBeLessThan(500);
  });

  it("a server whose handlers keep the processor busy takes no more than it can answer in time", async () => {
    // 10 ms of the processor for each call: 100 calls/s.
    const bot = noteBot({
      echo(request) {
        const end = performance.now() + 10;
        while (performance.now() < end);
        return request;
      },
    });
    const { log, lines } = keepLog();
    const doors = [toolDoor({ unsigned: true, budgetMs: 2000 })];
    const { url } = await start({ bot, doors, log, overload: { maxDelayMs: 200 } });
    const { times, withoutRetryAfter } = await load(`${url}/actions/echo`, {
      connections: 200,
      durationMs: 2500,
    });
    const { 200: taken = [], 503: refused = [], ...others } = times;
    expect([Object.keys(others), withoutRetryAfter]).toEqual([[], 0]);
    expect(taken.length).toBeGreaterThan(50);
    expect(refused.length).toBeGreaterThan(0);
    // Not all: a system that has more to do may keep some connections waiting for seconds.
    expect(quantile(taken, 0.5)).toBeLessThan(2000);
    expect(lines.map(({ message }) => message)).toContain(
      "calls are turned away: the server is overloaded",
    );
  });
});
