import { createContextKey, type Identity } from "botwire";
import {
  type BotEntry,
  type BotTable,
  callbackDoor,
  createBotTable,
  credential,
  memoryReplayStore,
} from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { post, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";
import { signCallback } from "../webhook/sign-callback.ts";

const account = createContextKey("nobody's", "account");

const ada: BotEntry = {
  botId: "ada",
  actions: ["echo"],
  secrets: { callback: "secret of ada" },
  credentials: [credential(account, "account of ada")],
};
const bob: BotEntry = {
  botId: "7340000000000000001",
  actions: ["*"],
  secrets: { callback: ["new", "secret of bob"] },
};

async function serve(bots: BotTable, options: Partial<Parameters<typeof callbackDoor>[0]> = {}) {
  const seen: (Partial<Identity> & { account: string; leftMs: number })[] = [];
  let wait: Promise<unknown> = Promise.resolve();
  const bot = noteBot({
    async echo(request, context) {
      const { botId, connectorId, authenticated, deadline } = context;
      await wait;
      const leftMs = deadline - Date.now();
      seen.push({ botId, connectorId, authenticated, account: context.get(account), leftMs });
      return request;
    },
  });
  const { url } = await start({ bot, doors: [callbackDoor({ bots, ...options })] });
  async function call(
    body: object | string,
    secret: string,
    {
      path = "/coze_callback",
      headers = {},
    }: { path?: string; headers?: Record<string, string> } = {},
  ) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await post(url + path, text, { ...signCallback(text, secret), ...headers });
    return { status: response.status, headers: response.headers, json: await response.json() };
  }
  return {
    call,
    seen,
    url,
    hold() {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      wait = promise;
      return () => resolve(undefined);
    },
  };
}

const messageOf = ({ json }: { json: { error?: { message?: string } } }) => json.error?.message;

describe("a callback to one of many bots", () => {
  it("is proven by the secret of that bot, wherever the bot is named", async () => {
    const { call, seen } = await serve(createBotTable([ada, bob]));
    const echo = { action: "echo" };
    const calls = [
      await call({ ...echo, bot_id: "ada" }, "secret of ada"),
      await call({ ...echo, botId: "ada" }, "secret of ada"),
      await call(echo, "secret of ada", { path: "/coze_callback/ada" }),
      await call(echo, "secret of ada", { headers: { "x-bot-id": "ada" } }),
      await call('{"action":"echo","bot_id":7340000000000000001}', "secret of bob"),
      await call('{"action":"echo","bot_id":7340000000000000001}', "new"),
    ];
    expect(calls.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(
      seen.map(({ botId, account, authenticated }) => [botId, account, authenticated]),
    ).toEqual([
      ...Array.from({ length: 4 }, () => ["ada", "account of ada", true]),
      ...Array.from({ length: 2 }, () => ["7340000000000000001", "nobody's", true]),
    ]);
  });

  it("is not proven by the secret of another, nor by the door's own", async () => {
    const { call, seen } = await serve(createBotTable([ada, bob]), { secret: "of the door" });
    for (const secret of ["secret of bob", "of the door", "guess"]) {
      expect((await call({ action: "echo", bot_id: "ada" }, secret)).status).toBe(401);
    }
    expect(seen).toEqual([]);
  });

  it("cannot speak for two bots at once", async () => {
    const { call, seen } = await serve(createBotTable([ada, bob]));
    // Signed well by ada, who would like to be bob.
    const path = "/coze_callback/ada";
    const headers = { "x-bot-id": "ada" };
    const attempts = [
      await call({ action: "echo", bot_id: bob.botId }, "secret of ada", { path }),
      await call({ action: "echo", bot_id: bob.botId }, "secret of ada", { headers }),
      await call({ action: "echo", connector_id: "x" }, "secret of ada", {
        path,
        headers: { "x-connector-id": "y" },
      }),
      await call(`{"action":"echo","botId":"${bob.botId}","bot_id":"ada"}`, "secret of ada"),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(messageOf(attempts[0] ?? { json: {} })).toBe(
      'the body says bot_id "7340000000000000001", but the call is for "ada": name one bot, once',
    );
    // Two members of one name: the later one counts, here as there.
    const twice = `{"bot_id":"${bob.botId}","action":"echo","bot_id":"ada"}`;
    expect((await call(twice, "secret of ada")).status).toBe(200);
    expect(seen.map(({ botId }) => botId)).toEqual(["ada"]);
  });

  it("is a clear 404 if the bot is unknown, before anything else is looked at", async () => {
    const { call, url } = await serve(createBotTable([ada]));
    const unknown = await call({ bot_id: "eve" }, "secret of ada");
    expect([unknown.status, unknown.json]).toMatchObject([
      404,
      {
        status: "error",
        error: {
          code: "not_found",
          message:
            'this server does not serve the bot "eve": check the bot id, or add the bot to the server\'s table of bots',
        },
      },
    ]);
    expect((await post(`${url}/coze_callback`, '{"bot_id":"eve", nonsense')).status).toBe(404);
    expect((await post(`${url}/coze_callback/e%20ve`, "{}")).status).toBe(404);
    expect((await post(`${url}/coze_callback/%ff`, "{}")).status).toBe(404);
    const nobody = await call({ action: "echo" }, "secret of ada");
    expect([nobody.status, messageOf(nobody)]).toEqual([
      404,
      "the call names no bot, and this server has no entry for such calls: name the bot",
    ]);
    const long = await call({ bot_id: "x".repeat(200) }, "s");
    expect(messageOf(long)).toContain(`${"x".repeat(64)}..."`);
  });

  it("looks the same for bots that are unknown and badly proven, if it is to", async () => {
    const { call } = await serve(createBotTable([ada], { hideUnknown: true }));
    const [known, unknown] = [
      await call({ bot_id: "ada" }, "guess"),
      await call({ bot_id: "eve" }, "guess"),
    ];
    expect([unknown.status, messageOf(unknown)]).toEqual([401, messageOf(known)]);
    expect(known.status).toBe(401);
    expect((await call({ action: "echo", bot_id: "ada" }, "secret of ada")).status).toBe(200);
  });

  it("reaches the actions that the bot was granted, as if there were no others", async () => {
    const { call } = await serve(createBotTable([ada, bob]));
    const denied = await call({ action: "repeat", bot_id: "ada" }, "secret of ada");
    expect([denied.status, messageOf(denied)]).toEqual([
      404,
      'there is no action "repeat"; this bot has echo',
    ]);
    expect((await call({ bot_id: "ada" }, "secret of ada")).status).toBe(200);
    const granted = await call({ action: "repeat", bot_id: bob.botId }, "new");
    expect(granted.json).toMatchObject({ error: { code: "unimplemented" } });
  });

  it("goes to the entry of bot and connector before that of the bot", async () => {
    const table = createBotTable([
      ada,
      { ...ada, connectorId: "c", secrets: { callback: "by c" }, credentials: [] },
    ]);
    const { call, seen } = await serve(table);
    const body = { action: "echo", bot_id: "ada", connector_id: "c" };
    expect((await call(body, "secret of ada")).status).toBe(401);
    expect((await call(body, "by c")).status).toBe(200);
    expect((await call({ ...body, connector_id: "d" }, "secret of ada")).status).toBe(200);
    expect(seen.map(({ connectorId, account }) => [connectorId, account])).toEqual([
      ["c", "nobody's"],
      ["d", "account of ada"],
    ]);
  });

  it("is checked by the door's own secret, or not at all, if the bot has none", async () => {
    const bots = createBotTable([ada, { botId: "eve", actions: ["echo"] }]);
    const eve = { action: "echo", bot_id: "eve" };
    const signed = await serve(bots, { secret: "of the door" });
    expect((await signed.call(eve, "of the door")).status).toBe(200);
    expect((await signed.call(eve, "secret of ada")).status).toBe(401);
    const unsigned = await serve(bots, { unsigned: true });
    expect((await unsigned.call(eve, "guess")).status).toBe(200);
    expect((await unsigned.call({ ...eve, bot_id: "ada" }, "guess")).status).toBe(401);
    expect(unsigned.seen[0]).toMatchObject({ botId: "eve", authenticated: false });
    // Without any, the door doesn't serve the bot.
    expect((await (await serve(bots)).call(eve, "guess")).status).toBe(404);
  });

  it("cannot use up the event ids of another bot", async () => {
    const { call } = await serve(createBotTable([ada, bob]), {
      replay: { store: memoryReplayStore() },
    });
    const body = { action: "echo", event_id: "e-1" };
    const first = { ...body, bot_id: "ada" };
    expect((await call(first, "secret of ada")).status).toBe(200);
    expect((await call({ ...body, bot_id: bob.botId }, "new")).status).toBe(200);
    expect((await call(first, "secret of ada")).status).toBe(401);
  });
});

describe("the limits of a bot", () => {
  it("refuse calls beyond those in flight with 429, of this bot only, whatever entries it gets", async () => {
    const limited = { ...ada, limits: { maxInFlight: 1 } };
    const bots = createBotTable([limited, bob]);
    const { call, hold } = await serve(bots);
    const letGo = hold();
    const body = { action: "echo", bot_id: "ada" };
    const first = call(body, "secret of ada");
    await expect.poll(async () => (await call(body, "secret of ada")).status).toBe(429);
    const refused = await call(body, "secret of ada");
    expect([refused.headers.get("retry-after"), messageOf(refused)]).toEqual([
      "1",
      "the bot has as many calls in flight as it may have; try again later",
    ]);
    // A new entry counts the calls that began with the old one.
    bots.set(limited);
    expect((await call(body, "secret of ada")).status).toBe(429);
    expect((await call({ ...body, action: "repeat", bot_id: bob.botId }, "new")).status).toBe(200);
    letGo();
    expect((await first).status).toBe(200);
    expect((await call(body, "secret of ada")).status).toBe(200);
    // Nor do calls that fail keep a place.
    expect((await call({ ...body, action: "none" }, "secret of ada")).status).toBe(404);
    expect((await call({ ...body, parameters: { x: 1 } }, "secret of ada")).status).toBe(200);
    expect(bots.find("ada", "")?.places.taken).toBe(0);
  });

  it("bound the body and the time of a call", async () => {
    const bots = createBotTable([{ ...ada, limits: { maxBodyBytes: 100, deadlineMs: 200 } }]);
    const { call, seen, hold } = await serve(bots);
    const body = { action: "echo", bot_id: "ada" };
    const long = await call({ ...body, parameters: { text: "x".repeat(100) } }, "secret of ada");
    expect([long.status, messageOf(long)]).toEqual([413, "the body is longer than 100 bytes"]);
    // Nobody learns it who cannot prove to be the bot.
    expect((await call({ ...body, user_id: "x".repeat(100) }, "guess")).status).toBe(401);
    expect((await call(body, "secret of ada")).status).toBe(200);
    expect(seen[0]?.leftMs).toBeLessThanOrEqual(200);
    const letGo = hold();
    const late = await call(body, "secret of ada");
    expect(late.json).toMatchObject({ error: { code: "deadline_exceeded" } });
    expect(bots.find("ada", "")?.places.taken).toBe(0);
    letGo();
  });
});

describe("a table that changes while it is served", () => {
  it("holds for the next call, and leaves calls in flight what they began with", async () => {
    const bots = createBotTable([ada]);
    const { call, seen, hold } = await serve(bots);
    const letGo = hold();
    const body = { action: "echo", bot_id: "ada" };
    const before = call(body, "secret of ada");
    await expect.poll(() => bots.find("ada", "")?.places.taken).toBe(1);
    bots.set({
      ...ada,
      secrets: { callback: "rotated" },
      credentials: [credential(account, "new")],
    });
    expect((await call(body, "secret of ada")).status).toBe(401);
    letGo();
    expect((await call(body, "rotated")).status).toBe(200);
    expect((await before).status).toBe(200);
    expect(seen.map(({ account }) => account).toSorted()).toEqual(["account of ada", "new"]);
    bots.remove("ada");
    expect((await call(body, "rotated")).status).toBe(404);
    bots.replace([ada, bob]);
    expect((await call(body, "secret of ada")).status).toBe(200);
  });

  it("never serves half of a change under load", async () => {
    const version = (n: number): BotEntry[] =>
      ["a", "b"].map((botId) => ({ botId, actions: ["*"], secrets: { callback: `v${n}` } }));
    const bots = createBotTable(version(0));
    const { call } = await serve(bots);
    let current = 0;
    const results = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        if (index % 10 === 0) {
          current += 1;
          bots.replace(version(current));
        }
        const [secret, botId] = [`v${current}`, index % 2 === 0 ? "a" : "b"];
        const { status } = await call({ action: "echo", bot_id: botId }, secret);
        return { status, stale: secret !== `v${current}` };
      }),
    );
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set([200, 401]));
    expect(results.filter(({ status }) => status === 401).every(({ stale }) => stale)).toBe(true);
  });
});
