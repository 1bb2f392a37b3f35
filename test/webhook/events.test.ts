import { hash } from "node:crypto";
import { ActionError, type Hooks, silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import type { BotServerOptions } from "botwire/node";
import {
  auditStatus,
  cozeEventSignature,
  type EventsDoorOptions,
  eventHeader,
  eventsDoor,
  memoryReplayStore,
} from "botwire/webhook";
import { describe, expect, it, vi } from "vitest";
import { keepLog, start } from "../server/start.ts";
import { EventPlatform } from "./event-platform.ts";
import { noteBot } from "./note-bot.ts";

const token = "OYDacMzM3WyOWV3Dtj2bHRMymzxPtest";
const published =
  '{"user_id":2100288001,"bot_id":7340000000000000001,"space_id":"7340000000000000002","connector_user_id":"c1","user_name":"王","bot_name":"早安","description":"","version":"1700000000000"}';

/** Starts a server with an events door, and the platform before it. */
async function serve(
  on: EventsDoorOptions["on"],
  options: Partial<EventsDoorOptions> = {},
  server: Partial<BotServerOptions> = {},
) {
  const doors = [eventsDoor({ token, on, ...options })];
  const started = await start({ bot: noteBot(), doors, ...server });
  return { ...started, platform: new EventPlatform(`${started.url}/coze_events`, token) };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("the question for the address", () => {
  const challenge = "988df7dc-2179-4dba-95a6-af9f40b91486";
  const payload = JSON.stringify({ challenge });

  it("is answered, signed or not", async () => {
    const { platform } = await serve({});
    const event = platform.prepare("url_verification", payload);
    for (const headers of [platform.sign(event), {}, platform.sign(event)]) {
      const { status, json } = await platform.send(event, headers);
      expect([status, json]).toEqual([200, { challenge }]);
    }
    const wrong = await platform.send(event, platform.sign(event, "guess"));
    expect(wrong.status).toBe(401);
  });

  it("has to be signed where the door is told so", async () => {
    const { platform } = await serve({}, { signedChallenge: true });
    const event = platform.prepare("url_verification", payload);
    expect((await platform.send(event)).status).toBe(200);
    expect(await platform.send(event, {})).toMatchObject({
      status: 401,
      json: { error: { message: "the x-coze-timestamp header is missing" } },
    });
  });

  it.each([
    '{"challenge":""}',
    "{}",
    '{"challenge":"a\\nb"}',
    `{"challenge":"${"x".repeat(201)}"}`,
    '{"challenge":7}',
  ])("of %s is refused", async (odd) => {
    const { platform } = await serve({});
    const { status, json } = await platform.send(platform.prepare("url_verification", odd), {});
    expect([status, json]).toEqual([
      400,
      {
        error: {
          code: "invalid_argument",
          message: "the challenge must be a string of 1 to 200 ASCII characters",
          violations: [],
        },
        trace_id: expect.any(String),
      },
    ]);
  });
});

describe("an event", () => {
  it("reaches its handler, typed, with its header, and ids digit by digit", async () => {
    const seen: unknown[] = [];
    const { platform } = await serve({
      botPublished(event, context) {
        seen.push(event, context.get(eventHeader));
        const { botId, userId, eventId, connectorId, authenticated, traceId, action } = context;
        seen.push({
          botId,
          userId,
          eventId,
          connectorId,
          authenticated,
          traceId,
          name: action.name,
        });
      },
    });
    const id = "83453324-0863-4abc-bcdf-80818705f29e-7545743825545740332";
    const event = platform.prepare("bot.published", published, {
      event_id: id,
      created_at: 1749038258245,
      coze_account_id: "a1",
      api_app_id: "752690322532938001",
      connector_id: "10000010",
      added_since: { by: "the platform" },
    });
    const { status, json, headers } = await platform.send(event);
    expect([status, json]).toEqual([200, {}]);
    expect(headers.get("content-type")).toBe("application/json");
    const traceId = hash("sha256", `bot.event:${id}`).slice(0, 32);
    expect(headers.get("x-trace-id")).toBe(traceId);
    expect(seen).toEqual([
      {
        userId: "2100288001",
        botId: "7340000000000000001",
        spaceId: "7340000000000000002",
        connectorUserId: "c1",
        userName: "王",
        botName: "早安",
        description: "",
        version: "1700000000000",
      },
      {
        eventType: "bot.published",
        eventId: id,
        createdAt: 1749038258245n,
        cozeAccountId: "a1",
        apiAppId: "752690322532938001",
        connectorId: "10000010",
      },
      {
        botId: "7340000000000000001",
        userId: "2100288001",
        eventId: id,
        connectorId: "10000010",
        authenticated: true,
        traceId,
        name: "bot_published",
      },
    ]);
  });

  it("may have its ids under the documentation's other names", async () => {
    const seen: unknown[] = [];
    const { platform } = await serve({
      botPublished: ({ botId, userId }) => void seen.push([botId, userId]),
    });
    await platform.push("bot.published", '{"bot_id_str":"7340000000000000001","user_id_str":"42"}');
    await platform.push(
      "bot.published",
      '{"bot_id_str":"7340000000000000003","bot_id":7340000000000000002}',
    );
    await platform.push(
      "bot.published",
      '{"bot_id":7340000000000000002,"bot_id_str":"7340000000000000003"}',
    );
    expect(seen).toEqual([
      ["7340000000000000001", "42"],
      ["7340000000000000003", ""],
      ["7340000000000000003", ""],
    ]);
  });

  it.each<[string, string, keyof EventsDoorOptions["on"], object]>([
    [
      "bot.deleted",
      '{"bot_id":"1","space_id":2,"bot_name":"n"}',
      "botDeleted",
      { botId: "1", spaceId: "2", botName: "n" },
    ],
    [
      "bot.unpublished",
      '{"bot_id":7340000000000000001}',
      "botUnpublished",
      { botId: "7340000000000000001" },
    ],
    [
      "benefit.usage",
      '{"id":7340000000000000001,"consume_time":1757318663,"connector_uid":5,"change_balance":"0.16","model_token_count":12}',
      "benefitUsage",
      {
        id: "7340000000000000001",
        consumeTime: 1757318663n,
        connectorUid: "5",
        changeBalance: "0.16",
      },
    ],
    [
      "benefit.plugin.scale.requested",
      '{"apply_id":"7","begin_at":1757318663,"end_at":1757664263,"resource_id":"9","usage_in_30d":0.5,"applicant_info":{"user_id":2100288001,"user_name":""},"extension_type":"QPS","origin_capacity":20,"target_capacity":30}',
      "benefitPluginScaleRequested",
      {
        beginAt: 1757318663n,
        usageIn30d: 0.5,
        applicantInfo: { userId: "2100288001", userName: "" },
        targetCapacity: 30,
      },
    ],
    [
      "benefit.plugin.scale.expired",
      '{"applicant_info":{"user_id":2102717852,"user_name":""},"apply_id":"1","resource_id":"2","extension_type":"QPS","expired_capacity":5,"current_capacity":21}',
      "benefitPluginScaleExpired",
      {
        applicantInfo: { userId: "2102717852", userName: "" },
        expiredCapacity: 5,
        currentCapacity: 21,
      },
    ],
  ])("of type %s is typed", async (type, payload, name, expected) => {
    const handler = vi.fn();
    const { platform } = await serve({ [name]: handler });
    expect((await platform.push(type, payload)).map(({ status }) => status)).toEqual([200]);
    expect(handler).toHaveBeenCalledOnce();
    expect(handler.mock.calls[0]?.[0]).toMatchObject(expected);
  });

  it("of another type, or not as declared, is unknown and loses nothing", async () => {
    const bodies: string[] = [];
    const { log, lines } = keepLog();
    const { platform } = await serve(
      { unknown: ({ json }) => void bodies.push(json), botPublished: () => void bodies.push("no") },
      {},
      { log },
    );
    const events = [
      platform.prepare("bot.renamed", '{"bot_id":7340000000000000001,"n":1e400}'),
      platform.prepare("bot.published", '{"bot_name":{"zh":"早"}}'),
      platform.prepare("toString", "{}"),
    ];
    for (const event of events) {
      expect((await platform.send(event)).status).toBe(200);
    }
    expect(bodies).toEqual(events.map(({ body }) => body));
    expect(lines.filter(({ level }) => level === "warn")).toMatchObject([
      {
        message: "an event is not as its contract has it",
        fields: { event_type: "bot.published", problems: "bot_name: expected string, got object" },
      },
    ]);
  });

  it("that nobody handles is acknowledged", async () => {
    const { platform } = await serve({});
    const [delivery] = await platform.push("bot.deleted", '{"bot_id":"1"}');
    expect(delivery).toMatchObject({ status: 200, json: {} });
  });

  it.each([
    ["{}", '"header" must be a JSON object, not missing'],
    ['{"header":{}}', '"event" must be a JSON object, not missing'],
    ['{"header":{},"event":{}}', '"header" has no event_type'],
    [
      '{"header":{"event_type":7},"event":{}}',
      '"header" cannot be read: event_type: expected string, got 7',
    ],
    ["[]", "the body must be a JSON object, not an array"],
  ])("that is %s is malformed", async (body, message) => {
    const { platform } = await serve({});
    const event = { id: "", body, type: "", timestamp: String(Date.now()) };
    expect(await platform.send(event)).toMatchObject({
      status: 400,
      json: { error: { code: "invalid_argument", message } },
    });
  });

  it("goes the way of every call, and can be called in no other way", async () => {
    const steps: string[] = [];
    const hooks: Hooks = {
      onRequestStart: () => void steps.push("start"),
      onRouteMatch: ({ action, door }) => void steps.push(`match ${door} ${action.name}`),
      onResponseCommit: () => void steps.push("commit"),
      onRequestEnd: (_, { error }) => void steps.push(`end ${error?.code ?? "ok"}`),
    };
    const { platform, server } = await serve(
      { botDeleted: () => void steps.push("handler") },
      {},
      {
        hooks: [hooks],
        middleware: [
          async (context, next) => {
            steps.push(`middleware ${JSON.stringify(await context.request())}`);
            return next();
          },
        ],
      },
    );
    await platform.push("bot.deleted", '{"bot_id":"1","bot_name":"n"}');
    expect(steps).toEqual([
      "start",
      "match events bot_deleted",
      'middleware {"botId":"1","spaceId":"","botName":"n","description":""}',
      "handler",
      "commit",
      "end ok",
    ]);
    expect(server.pipeline.actions.map(({ action }) => action.name)).toEqual(["echo", "repeat"]);
  });
});

describe("a signature", () => {
  it("is asked for, and checked before anything is parsed", async () => {
    const handler = vi.fn();
    const { platform } = await serve({ botDeleted: handler });
    const event = platform.prepare("bot.deleted", '{"bot_id":"1"}');
    const signed = platform.sign(event);
    const statuses = [
      await platform.send(event, {}),
      await platform.send(event, platform.sign(event, "guess")),
      await platform.send({ ...event, body: `${event.body} ` }, signed),
      await platform.send({ ...event, body: "{broken" }, signed),
      await platform.send(event, { ...signed, "X-Coze-Nonce": "other" }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    expect(handler).not.toHaveBeenCalled();
    expect((await platform.send(event, signed)).status).toBe(200);
  });

  it("may be old, unless the scheme has a window; tokens may change", async () => {
    const handler = vi.fn();
    const { platform, url } = await serve({ botDeleted: handler }, { token: ["newer", token] });
    const old = { ...platform.prepare("bot.deleted", "{}"), timestamp: "1749038258245" };
    expect((await platform.send(old)).status).toBe(200);
    const newer = new EventPlatform(`${url}/coze_events`, "newer");
    expect((await newer.push("bot.deleted", "{}"))[0]?.status).toBe(200);
    expect(handler).toHaveBeenCalledTimes(2);
    const strict = await serve({}, { signature: { ...cozeEventSignature, windowSeconds: 300 } });
    expect((await strict.platform.send(old)).status).toBe(401);
    expect((await strict.platform.push("bot.deleted", "{}"))[0]?.status).toBe(200);
  });

  it("is needed for the server to start, unless it is told otherwise", async () => {
    await expect(start({ doors: [eventsDoor({ token: undefined, on: {} })] })).rejects.toThrow(
      "events door: token is not set: set it, or say unsigned: true to let everyone call",
    );
    const { url } = await start({ doors: [eventsDoor({ unsigned: true, on: {} })] });
    const platform = new EventPlatform(`${url}/coze_events`, "any");
    expect((await platform.send(platform.prepare("bot.deleted", "{}"), {})).status).toBe(200);
  });

  it("is checked with WebCrypto, too", async () => {
    const handler = createFetchHandler({
      actions: [noteBot()],
      doors: [eventsDoor({ token, on: {} })],
      log: silentLogger,
    });
    const platform = new EventPlatform("http://edge/coze_events", token);
    const event = platform.prepare("bot.deleted", "{}");
    const answer = (headers: Record<string, string>) =>
      handler(
        new Request("http://edge/coze_events", {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: event.body,
        }),
      );
    expect((await answer(platform.sign(event))).status).toBe(200);
    expect((await answer(platform.sign(event, "guess"))).status).toBe(401);
  });
});

describe("a channel's answer to bot.published", () => {
  it.each([
    [
      { audit: { auditStatus: auditStatus.passed }, shareLink: "https://c.example/b" },
      { audit: { audit_status: 2, reason: "" }, share_link: "https://c.example/b" },
    ],
    [
      { audit: { auditStatus: auditStatus.rejected, reason: "没有头像" } },
      { audit: { audit_status: 3, reason: "没有头像" } },
    ],
    [{ audit: { auditStatus: auditStatus.reviewing } }, { audit: { audit_status: 1, reason: "" } }],
    [{}, {}],
  ])("%j", async (reply, json) => {
    const { platform } = await serve({ botPublished: () => reply });
    const event = platform.prepare("bot.published", published);
    expect(await platform.send(event)).toMatchObject({ status: 200, json });
    // The platform may not have got it: it gets the same once more.
    expect((await platform.send(event)).json).toEqual(json);
  });

  it("without a status is the handler's mistake", async () => {
    const { platform } = await serve({ botPublished: () => ({ audit: { reason: "?" } }) });
    const delivery = await platform.send(platform.prepare("bot.published", published));
    expect(delivery).toMatchObject({ status: 500, json: { error: { code: "internal" } } });
  });

  it("is that the audit goes on, if it takes too long", async () => {
    const done = Promise.withResolvers<void>();
    const { platform } = await serve(
      {
        async botPublished() {
          await done.promise;
          return { audit: { auditStatus: auditStatus.passed } };
        },
      },
      { publishedAckMs: 50 },
    );
    const event = platform.prepare("bot.published", published);
    expect(await platform.send(event)).toMatchObject({
      status: 200,
      json: { audit: { audit_status: 1, reason: "" } },
    });
    done.resolve();
    await sleep(20);
    expect(await platform.send(event)).toMatchObject({ json: { audit: { audit_status: 2 } } });
  });
});

describe("an acknowledgement", () => {
  it("comes inside 3 s, while the handler goes on", async () => {
    const ended = Promise.withResolvers<boolean>();
    const { platform } = await serve({
      async botDeleted(_, { signal }) {
        await sleep(3200);
        ended.resolve(signal.aborted);
      },
    });
    const delivery = await platform.send(platform.prepare("bot.deleted", "{}"));
    expect(delivery.status).toBe(200);
    expect(delivery.ms).toBeGreaterThan(2700);
    expect(delivery.ms).toBeLessThan(3000);
    expect(await ended.promise).toBe(false);
  });

  it("does not wait for a platform that hangs up, nor does a server that closes", async () => {
    const started = Promise.withResolvers<void>();
    const steps: string[] = [];
    const { platform, server } = await serve(
      {
        async botDeleted() {
          started.resolve();
          await sleep(300);
          steps.push("handled");
        },
      },
      { ackMs: 30 },
    );
    expect((await platform.send(platform.prepare("bot.deleted", "{}"))).status).toBe(200);
    await started.promise;
    await server.close();
    expect(steps).toEqual(["handled"]);
  });

  it("is refused if the handler fails, so that the event comes again", async () => {
    const { log, lines } = keepLog();
    let failures = 2;
    const { platform } = await serve(
      {
        botDeleted() {
          if (failures-- > 0) {
            throw failures > 0 ? new ActionError("unavailable", "busy") : new TypeError("a secret");
          }
        },
      },
      {},
      { log },
    );
    const deliveries = await platform.push("bot.deleted", "{}");
    expect(deliveries).toMatchObject([
      { status: 503, json: { error: { code: "unavailable", message: "busy" } } },
      { status: 500, json: { error: { code: "internal", message: "internal error" } } },
      { status: 200, json: {} },
    ]);
    expect(deliveries[0]?.headers.get("retry-after")).toBe("1");
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });

  it("ends with the budget for a handler that never ends", async () => {
    const aborted = Promise.withResolvers<void>();
    const { platform } = await serve(
      {
        botDeleted: (_, { signal }) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () => {
              aborted.resolve();
              resolve();
            });
          }),
      },
      { ackMs: 20, budgetMs: 80 },
    );
    expect((await platform.send(platform.prepare("bot.deleted", "{}"))).status).toBe(200);
    await aborted.promise;
  });
});

describe("an event that comes again", () => {
  it("is handled once, however often and with whatever signature", async () => {
    const handler = vi.fn();
    const { platform } = await serve({ botDeleted: handler });
    const event = platform.prepare("bot.deleted", "{}");
    for (let i = 0; i < 3; i++) {
      expect(await platform.send(event)).toMatchObject({ status: 200, json: {} });
    }
    expect(handler).toHaveBeenCalledOnce();
  });

  it("waits for the first while that is at work, and gets the same answer", async () => {
    let calls = 0;
    const { platform } = await serve({
      async botPublished() {
        calls++;
        await sleep(100);
        return { audit: { auditStatus: auditStatus.passed } };
      },
    });
    const event = platform.prepare("bot.published", published);
    const deliveries = await Promise.all(Array.from({ length: 8 }, () => platform.send(event)));
    expect(calls).toBe(1);
    for (const { status, json } of deliveries) {
      expect([status, json]).toEqual([200, { audit: { audit_status: 2, reason: "" } }]);
    }
  });

  it("is not handled on another machine, and not acknowledged there too early", async () => {
    const store = memoryReplayStore();
    const go = Promise.withResolvers<void>();
    const handler = vi.fn(() => go.promise);
    const one = await serve({ botDeleted: handler }, { duplicates: { store } });
    const other = await serve({ botDeleted: handler }, { duplicates: { store } });
    const event = one.platform.prepare("bot.deleted", "{}");
    const first = one.platform.send(event);
    await vi.waitFor(() => expect(handler).toHaveBeenCalledOnce());
    expect(await other.platform.send(event)).toMatchObject({
      status: 503,
      json: { error: { message: "the event is being handled elsewhere" } },
    });
    go.resolve();
    expect((await first).status).toBe(200);
    expect((await other.platform.send(event)).status).toBe(200);
    expect(handler).toHaveBeenCalledOnce();
  });

  it("with an id that is too long to be remembered is refused", async () => {
    const handler = vi.fn();
    const { platform } = await serve({ botDeleted: handler });
    const event = platform.prepare("bot.deleted", "{}", { event_id: "x".repeat(201) });
    expect(await platform.send(event)).toMatchObject({
      status: 400,
      json: { error: { message: "event_id is longer than 200 characters" } },
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it("is handled again if it is told so, or has no id", async () => {
    const handler = vi.fn();
    const { platform } = await serve({ botDeleted: handler }, { duplicates: false });
    const event = platform.prepare("bot.deleted", "{}");
    await platform.send(event);
    await platform.send(event);
    expect(handler).toHaveBeenCalledTimes(2);
    const anonymous = await serve({ botDeleted: handler });
    const nameless = anonymous.platform.prepare("bot.deleted", "{}", { event_id: "" });
    await anonymous.platform.send(nameless);
    await anonymous.platform.send(nameless);
    expect(handler).toHaveBeenCalledTimes(4);
  });

  it("is 503 while nobody can tell, or handled if the door is told so", async () => {
    const store = {
      claim() {
        throw new Error("down");
      },
    };
    const handler = vi.fn();
    const closed = await serve({ botDeleted: handler }, { duplicates: { store } });
    const [refused] = await closed.platform.push("bot.deleted", "{}", 1);
    expect([refused?.status, refused?.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(handler).not.toHaveBeenCalled();
    const open = await serve(
      { botDeleted: handler },
      { duplicates: { store, whenDown: "accept" } },
    );
    expect((await open.platform.push("bot.deleted", "{}", 1))[0]?.status).toBe(200);
    expect(handler).toHaveBeenCalledOnce();
  });
});
