import { createContextKey } from "botwire";
import { connectDoor } from "botwire/connect";
import { createFetchHandler } from "botwire/fetch";
import { mcpDoor } from "botwire/mcp";
import {
  type BotEntry,
  callbackDoor,
  createBotTable,
  credential,
  documentsDoor,
  eventsDoor,
  toolDoor,
} from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { NoteServiceTools } from "../mcp/note-tools.ts";
import { rawRequest } from "../mcp/raw.ts";
import { post, start } from "../server/start.ts";
import { EventPlatform } from "../webhook/event-platform.ts";
import { noteBot } from "../webhook/note-bot.ts";
import { signCallback } from "../webhook/sign-callback.ts";

const account = createContextKey("nobody's", "account");

const ada: BotEntry = {
  botId: "7340000000000000001",
  actions: ["echo"],
  secrets: { apiKey: "key of ada", eventToken: "token of ada", callback: "secret of ada" },
  credentials: [credential(account, "account of ada")],
};
const bob: BotEntry = {
  botId: "7340000000000000002",
  actions: ["*"],
  secrets: { apiKey: "key of bob", eventToken: "token of bob" },
};

const headersOf = (botId: string, key: string, more: Record<string, string> = {}) => ({
  "x-aiplugin-bot-id": botId,
  authorization: `Bearer ${key}`,
  ...more,
});

describe("a tool call to one of many bots", () => {
  async function serve(
    options: Partial<Parameters<typeof toolDoor>[0]> = {},
    entries = [ada, bob],
  ) {
    const seen: string[] = [];
    const bot = noteBot({
      echo(request, context) {
        seen.push(`${context.botId} ${context.get(account)} ${context.authenticated}`);
        return request;
      },
    });
    const bots = createBotTable(entries);
    const { url } = await start({ bot, doors: [toolDoor({ bots, ...options })] });
    return {
      seen,
      bots,
      call: (headers: Record<string, string>, action = "echo", body: unknown = {}) =>
        post(`${url}/actions/${action}`, body, headers),
    };
  }

  it("is proven by the key of that bot", async () => {
    const { call, seen } = await serve();
    expect((await call(headersOf(ada.botId, "key of ada"))).status).toBe(200);
    expect((await call(headersOf(bob.botId, "key of bob"))).status).toBe(200);
    expect((await call(headersOf(bob.botId, "key of ada"))).status).toBe(401);
    expect((await call({ "x-aiplugin-bot-id": bob.botId })).status).toBe(401);
    expect(seen).toEqual([`${ada.botId} account of ada true`, `${bob.botId} nobody's true`]);
  });

  it("is a clear 404 if the bot is unknown, or the action not granted", async () => {
    const { call } = await serve();
    const unknown = await call(headersOf("7", "key of ada"));
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { error: { message: expect.stringContaining("add the bot to the server's table of bots") } },
    ]);
    const denied = await call(headersOf(ada.botId, "key of ada"), "repeat");
    expect([denied.status, await denied.json()]).toMatchObject([
      404,
      { error: { message: 'there is no action "repeat"; this bot has echo' } },
    ]);
    expect((await call({ authorization: "Bearer key of ada" })).status).toBe(404);
  });

  it("may name no bot where there is an entry for such calls", async () => {
    const debugging: BotEntry = { botId: "", actions: ["echo"], secrets: { apiKey: "debug" } };
    const { call, seen } = await serve({}, [ada, debugging]);
    expect((await call({ authorization: "Bearer debug" })).status).toBe(200);
    expect((await call(headersOf(ada.botId, "debug"))).status).toBe(401);
    expect(seen).toEqual([" nobody's true"]);
  });

  it("reads no more of a body than the bot may send", async () => {
    const { call, bots } = await serve();
    bots.set({ ...ada, limits: { maxBodyBytes: 20 } });
    const headers = headersOf(ada.botId, "key of ada");
    expect((await call(headers, "echo", { text: "x".repeat(20) })).status).toBe(413);
    expect((await call(headers, "echo", { text: "x" })).status).toBe(200);
  });

  it("is for the bot that its token names, if tokens are checked", async () => {
    const { call, seen } = await serve({
      verifyToken: (token) =>
        token === "t" ? { botId: ada.botId } : token === "u" ? {} : undefined,
    });
    expect((await call(headersOf(bob.botId, "t"))).status).toBe(200);
    expect((await call(headersOf(bob.botId, "u"))).status).toBe(200);
    expect((await call(headersOf("7", "u"))).status).toBe(404);
    expect((await call(headersOf(bob.botId, "x"))).status).toBe(401);
    expect(seen).toEqual([`${ada.botId} account of ada true`, `${bob.botId} nobody's true`]);
  });

  it("looks the same for bots that are unknown and badly proven, if it is to", async () => {
    const bots = createBotTable([ada], { hideUnknown: true });
    const { call } = await serve({ bots });
    const answers = await Promise.all(
      [ada.botId, "7", ""].map(async (botId) => {
        const response = await call(headersOf(botId, "guess"));
        return [response.status, (await response.json()).error];
      }),
    );
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(answers[0]?.[0]).toBe(401);
  });
});

describe("an event of one of many bots", () => {
  async function serve(options: Partial<Parameters<typeof eventsDoor>[0]> = {}) {
    const seen: string[] = [];
    const bots = createBotTable([ada, bob]);
    const door = eventsDoor({
      bots,
      on: {
        botDeleted: (event, context) => {
          seen.push(`${event.botId} ${context.get(account)} ${context.authenticated}`);
        },
        benefitUsage: (event) => {
          seen.push(event.id);
        },
      },
      ...options,
    });
    const { url } = await start({ doors: [door] });
    return {
      seen,
      bots,
      platform: (token: string, path = "") => new EventPlatform(`${url}/coze_events${path}`, token),
    };
  }
  const deleted = (botId: string) => `{"bot_id":${botId},"bot_name":"x"}`;

  it("is proven by the token of that bot", async () => {
    const { platform, seen } = await serve();
    const own = platform("token of ada");
    expect((await own.send(own.prepare("bot.deleted", deleted(ada.botId)))).status).toBe(200);
    expect((await own.send(own.prepare("bot.deleted", deleted(bob.botId)))).status).toBe(401);
    const str = `{"bot_id":7340000000000000000,"bot_id_str":"${ada.botId}"}`;
    expect((await own.send(own.prepare("bot.deleted", str))).status).toBe(200);
    expect((await own.send(own.prepare("bot.deleted", deleted("7")))).status).toBe(404);
    expect((await own.send(own.prepare("benefit.usage", '{"id":"b"}'))).status).toBe(404);
    expect(seen).toEqual([`${ada.botId} account of ada true`, `${ada.botId} account of ada true`]);
  });

  it("comes to an address of the bot's own, challenge included, and about no other bot", async () => {
    const { platform, seen } = await serve({ signedChallenge: true });
    const own = platform("token of ada", `/${ada.botId}`);
    const challenge = own.prepare("url_verification", '{"challenge":"c"}');
    expect(await own.send(challenge)).toMatchObject({ status: 200, json: { challenge: "c" } });
    expect((await own.send(challenge, own.sign(challenge, "token of bob"))).status).toBe(401);
    expect((await own.send(own.prepare("benefit.usage", '{"id":"b"}'))).status).toBe(200);
    expect((await own.send(own.prepare("bot.deleted", deleted(bob.botId)))).status).toBe(400);
    expect(seen).toEqual(["b"]);
  });

  it("is proven by the door's own token, if nobody knows the bot, or it is about none", async () => {
    const { platform, seen } = await serve({ token: "token of the app" });
    const app = platform("token of the app");
    expect((await app.send(app.prepare("bot.deleted", deleted("7")))).status).toBe(200);
    expect((await app.send(app.prepare("benefit.usage", '{"id":"b"}'))).status).toBe(200);
    expect((await app.send(app.prepare("bot.deleted", deleted(ada.botId)))).status).toBe(401);
    expect(seen).toEqual(["7 nobody's true", "b"]);
  });

  it("cannot use up the ids of another bot's events", async () => {
    const { platform, seen } = await serve();
    for (const [botId, token] of [
      [ada.botId, "token of ada"],
      [bob.botId, "token of bob"],
      [ada.botId, "token of ada"],
    ] as const) {
      const own = platform(token);
      const event = own.prepare("bot.deleted", deleted(botId), { event_id: "same" });
      expect((await own.send(event)).status).toBe(200);
    }
    expect(seen).toHaveLength(2);
  });
});

describe("a server of many bots", () => {
  it("serves other doors as ever", async () => {
    const bots = createBotTable([ada]);
    const { url } = await start({
      doors: [
        callbackDoor({ bots }),
        mcpDoor({ unsigned: true, tools: [NoteServiceTools] }),
        documentsDoor({ documents: [] }),
      ],
    });
    const { headers, body } = rawRequest("2025-11-25", "tools/call", {
      name: "repeat",
      arguments: { note_count: 1 },
    });
    const response = await fetch(`${url}/mcp`, { method: "POST", headers, body });
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining('"messages"'),
    ]);
    expect((await fetch(`${url}/documents`)).status).toBe(200);
    expect(() => connectDoor()).not.toThrow();
  });

  it("may be behind the Fetch API", async () => {
    const bots = createBotTable([ada]);
    const handle = createFetchHandler({ actions: [noteBot()], doors: [callbackDoor({ bots })] });
    const call = (botId: string) => {
      const body = JSON.stringify({ action: "echo", bot_id: botId });
      const headers = {
        "content-type": "application/json",
        ...signCallback(body, "secret of ada"),
      };
      return handle(new Request("https://x.test/coze_callback", { method: "POST", body, headers }));
    };
    expect([(await call(ada.botId)).status, (await call("7")).status]).toEqual([200, 404]);
  });
});
