import { type ContextKey, createContextKey, implement, silentLogger } from "botwire";
import {
  type CozeAccess,
  type CozePlatform,
  createCozePlatform,
  personalToken,
} from "botwire/coze";
import { createFetchHandler } from "botwire/fetch";
import type { Door } from "botwire/node";
import { createBotTable, credential, toolDoor } from "botwire/webhook";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EchoService } from "../webhook/echo-service.ts";
import { type FakePlatform, ok, startPlatform } from "./fake-platform.ts";

let platform: FakePlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

describe("createCozePlatform", () => {
  it("gives each bot its own credentials and place", async () => {
    await using other = await startPlatform({ "GET /v1/users/me": () => ok({ user_id: "o" }) });
    platform.routes["GET /v1/users/me"] = ({ token }) => ok({ user_id: token });
    const coze = createCozePlatform({
      baseUrl: platform.url,
      credentials: personalToken("pat_all_the_others"),
      bots: {
        b1: { credentials: personalToken("pat_of_bot_1") },
        b2: { credentials: personalToken("pat_of_bot_2"), baseUrl: other.url },
      },
    });
    const me = async (botId: string, authenticated = true) =>
      (await coze({ botId, authenticated }).users.me()).userId;
    expect(await me("b1")).toBe("pat_of_bot_1");
    expect(await me("b2")).toBe("o");
    expect(other.received.at(-1)?.token).toBe("pat_of_bot_2");
    expect(await me("constructor")).toBe("pat_all_the_others");
    expect(() => coze({ botId: "b1", authenticated: false })).toThrow(
      "the call does not prove its bot",
    );
  });

  it("takes a function that knows the bots", async () => {
    platform.routes["GET /v1/users/me"] = ({ token }) => ok({ user_id: token });
    const access = { credentials: personalToken("pat_of_bot_1") };
    const route = createContextKey({ bot: "" });
    const coze = createCozePlatform({
      baseUrl: platform.url,
      bots: (caller) => (caller.get?.(route).bot === "b1" ? access : undefined),
    });
    const callerOf = (bot: string) => ({
      get: <T>(key: ContextKey<T>) => ({ ...key.defaultValue, bot }),
    });
    expect((await coze(callerOf("b1")).users.me()).userId).toBe("pat_of_bot_1");
    expect(() => coze(callerOf("b2"))).toThrow("this server has no access for the bot");
  });

  it("refuses options that cannot work, and says how to mend them", () => {
    const credentials = personalToken("pat_x");
    expect(() => createCozePlatform({ baseUrl: "api.coze.cn", credentials })).toThrow(
      "createCozePlatform: baseUrl is not an http(s) URL: give cozeCn, cozeCom, or that of your coze-studio",
    );
    expect(() => createCozePlatform({ baseUrl: "https://me:pw@x.cn", credentials })).toThrow(
      "must not hold a user or a password",
    );
    expect(() => createCozePlatform({ baseUrl: platform.url })).toThrow(
      "give credentials, or bots with their own",
    );
    expect(() => createCozePlatform({ baseUrl: platform.url, credentials, retries: -1 })).toThrow(
      "retries has to be a whole number",
    );
    expect(() => personalToken(undefined)).toThrow("personalToken: the token is not set");
    expect(() => personalToken("pat_secret\n")).toThrow(/^((?!pat_secret).)*white space/);
  });
});

describe("behind a door", () => {
  const platformOf = () =>
    createCozePlatform({
      baseUrl: platform.url,
      credentials: personalToken("pat_x"),
      log: silentLogger,
    });
  const serviceWith = (coze: CozePlatform) =>
    implement(
      EchoService,
      {
        async echo(_, context) {
          return { text: (await context.coze.variables.get("city")) ?? "" };
        },
      },
      { coze },
    );
  const headers = {
    "content-type": "application/json",
    "x-aiplugin-bot-id": "7391",
    "x-aiplugin-connector-identifier": "alice",
  };
  const call = (door: Door, more: Record<string, string> = {}, coze = platformOf()) => {
    const handle = createFetchHandler({
      actions: [serviceWith(coze)],
      doors: [door],
      log: silentLogger,
    });
    return handle(
      new Request("https://bot.example.com/actions/echo", {
        method: "POST",
        headers: { ...headers, ...more },
        body: "{}",
      }),
    );
  };

  it("the caller is the one that the platform says, if the key is right", async () => {
    platform.routes["GET /v1/variables"] = ({ query }) =>
      ok({ items: [{ keyword: "city", value: `of ${query.get("connector_uid")}` }] });
    const response = await call(toolDoor({ apiKey: "key" }), { authorization: "Bearer key" });
    expect(await response.json()).toMatchObject({ text: "of alice" });
    const count = platform.received.length;
    const anyone = await call(toolDoor({ unsigned: true }));
    expect(await anyone.json()).toMatchObject({ error: { code: "permission_denied" } });
    expect(platform.received).toHaveLength(count);
  });

  it("the bot is one of a table, with what it has there", async () => {
    const access = createContextKey<CozeAccess | undefined>(undefined);
    const bots = createBotTable([
      {
        botId: "7391",
        actions: ["*"],
        secrets: { apiKey: "key" },
        credentials: [credential(access, { credentials: personalToken("pat_of_the_bot") })],
      },
    ]);
    const coze = createCozePlatform({
      baseUrl: platform.url,
      bots: (caller) => caller.get?.(access),
    });
    await call(toolDoor({ bots }), { authorization: "Bearer key" }, coze);
    expect(platform.received.at(-1)?.token).toBe("pat_of_the_bot");
  });

  it("the failures of the platform are those of the action, and tell nothing", async () => {
    platform.fail("GET /v1/variables", { status: 200, body: { code: 4101, msg: "of space 9" } });
    const response = await call(toolDoor({ apiKey: "key" }), { authorization: "Bearer key" });
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      error: { code: "permission_denied", message: "the bot platform does not allow this" },
    });
    expect(text).not.toContain("space 9");
  });
});
