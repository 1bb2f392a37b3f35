import { ActionError, silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { type TokenVerifier, toolCaller, toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { post, start } from "../server/start.ts";
import { noteBot } from "./note-bot.ts";

describe("a tool call", () => {
  it("takes the request message and answers the response message", async () => {
    const { url } = await start();
    const response = await post(`${url}/actions/echo`, { text: "早安", noteCount: 3 });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({ text: "早安", note_count: 3 });
  });

  it("may have an empty body, with or without a content type", async () => {
    const { url } = await start();
    expect(await (await post(`${url}/actions/echo`, "")).json()).toEqual({});
    const bare = await fetch(`${url}/actions/echo`, { method: "POST" });
    expect([bare.status, await bare.json()]).toEqual([200, {}]);
  });

  it("needs a content type if it has a body", async () => {
    const { url } = await start();
    const body = new Blob([new TextEncoder().encode("{}")]);
    const response = await fetch(`${url}/actions/echo`, { method: "POST", body });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({
      error: { message: "the content type must be application/json, not missing" },
    });
  });

  it("is 200 with an error when the action fails", async () => {
    const bot = noteBot({
      echo() {
        throw new ActionError("not_found", "no such place");
      },
    });
    const { url } = await start({ bot });
    const response = await post(`${url}/actions/echo`, {});
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      error: { code: "not_found", message: "no such place", violations: [] },
    });
    expect(response.headers.get("x-trace-id")).toMatch(/^[0-9a-f]{32}$/);
  });

  it("refuses fields that the action does not know, by name", async () => {
    const { url } = await start();
    const response = await post(`${url}/actions/echo`, '{"__proto__": 1, "zone": 2}');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      error: { violations: [{ field: "__proto__" }, { field: "zone" }] },
    });
  });

  it.each([
    ["/actions/ecko", 'there is no action "ecko"; did you mean "echo"?'],
    ["/actions/", "the path names no action: call /actions/<name>"],
    ["/actions/echo/", 'there is no action "echo/"; did you mean "echo"?'],
    ["/actions/%65cho", 'there is no action "%65cho"; this server has echo, repeat'],
    ["/actions/constructor", 'there is no action "constructor"; this server has echo, repeat'],
  ])("of %s is 404", async (path, message) => {
    const { url } = await start();
    const response = await post(url + path, {});
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: "not_found", message, violations: [] },
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it("is 405 by another method, 400 with a broken body, 413 with a long one", async () => {
    const { url } = await start();
    const read = await fetch(`${url}/actions/echo`);
    expect([read.status, read.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await post(`${url}/actions/echo`, "{")).status).toBe(400);
    expect((await post(`${url}/actions/echo`, `{}${" ".repeat(1_048_576)}`)).status).toBe(413);
  });

  it("carries what the platform says of its caller, unverified", async () => {
    const seen: unknown[] = [];
    const bot = noteBot({
      echo(request, context) {
        const { botId, userId, conversationId, connectorId, authenticated } = context;
        seen.push({ botId, userId, conversationId, connectorId, authenticated });
        seen.push(toolCaller(context));
        return request;
      },
    });
    const { url } = await start({ bot });
    const headers = {
      "X-Tt-Logid": "20251122",
      "X-Aiplugin-Bot-Id": "7340000000000000001",
      "X-Aiplugin-Connector-Identifier": "user-1",
      "X-AIPlugin-Conversation-ID": "7340000000000000002",
      "X-Aiplugin-Connector-Id": "10000010",
      "X-AIPlugin-ID": "7340000000000000003",
      "X-AIPlugin-Account-ID": "2100000000",
      "X-AIplugin-OpenID": "o8",
      "X-AIplugin-UID": "u9",
      Latitude: "39.9",
      Longitude: "116.4",
    };
    await post(`${url}/actions/echo`, {}, headers);
    expect(seen).toEqual([
      {
        botId: "7340000000000000001",
        userId: "user-1",
        conversationId: "7340000000000000002",
        connectorId: "10000010",
        authenticated: false,
      },
      {
        logId: "20251122",
        pluginId: "7340000000000000003",
        accountId: "2100000000",
        openId: "o8",
        uid: "u9",
        latitude: "39.9",
        longitude: "116.4",
      },
    ]);
  });

  it("of a workflow says little of its caller", async () => {
    const seen: unknown[] = [];
    const bot = noteBot({
      echo(request, context) {
        seen.push(context.botId, toolCaller(context));
        return request;
      },
    });
    const { url } = await start({ bot });
    await post(`${url}/actions/echo`, {}, { "X-Tt-Logid": "1" });
    const nothing = { pluginId: "", accountId: "", openId: "", uid: "" };
    expect(seen).toEqual(["", { logId: "1", ...nothing, latitude: "", longitude: "" }]);
  });

  it("can be served under another path", async () => {
    const { url } = await start({ doors: [toolDoor({ unsigned: true, basePath: "/v1/tools" })] });
    expect((await post(`${url}/v1/tools/echo`, {})).status).toBe(200);
    expect((await post(`${url}/actions/echo`, {})).status).toBe(404);
  });
});

describe("an API key", () => {
  const doors = [toolDoor({ apiKey: ["k1", "k2"] })];

  it.each([
    [{ authorization: "k1" }, 200],
    [{ authorization: "Bearer k2" }, 200],
    [{ authorization: "bearer k2" }, 200],
    [{ authorization: "Bearer k3" }, 401],
    [{ authorization: "k" }, 401],
    [{ authorization: "" }, 401],
    [{ "x-api-key": "k1" }, 401],
    [{}, 401],
  ])("in %j is %i", async (headers: Record<string, string>, status) => {
    const { url } = await start({ doors });
    const response = await post(`${url}/actions/echo`, {}, headers);
    expect(response.status).toBe(status);
    const handler = createFetchHandler({ actions: [noteBot()], doors, log: silentLogger });
    const init = { method: "POST", headers };
    expect((await handler(new Request("http://edge/actions/echo", init))).status).toBe(status);
  });

  it("that is wrong is told apart from one that is missing", async () => {
    const { url } = await start({ doors });
    const missing = await post(`${url}/actions/echo`, {});
    expect(missing.headers.get("www-authenticate")).toBe("Bearer");
    expect(await missing.json()).toMatchObject({
      error: {
        code: "unauthenticated",
        message: "the API key is missing: send it in the authorization header",
      },
    });
    const wrong = await post(`${url}/actions/echo`, {}, { authorization: "k3" });
    expect(await wrong.json()).toMatchObject({ error: { message: "the API key is wrong" } });
  });

  it("can come in another header, or in the query", async () => {
    const elsewhere = [toolDoor({ apiKey: "k", header: "X-Api-Key", query: "key" })];
    const { url } = await start({ doors: elsewhere });
    expect((await post(`${url}/actions/echo`, {}, { "x-api-key": "k" })).status).toBe(200);
    expect((await post(`${url}/actions/echo?a=b&key=k`, {})).status).toBe(200);
    expect((await post(`${url}/actions/echo?key=no`, {})).status).toBe(401);
    expect((await post(`${url}/actions/echo?kez=k`, {})).status).toBe(401);
  });

  it("makes callers authenticated, and is asked for before anything is read", async () => {
    const seen: boolean[] = [];
    const bot = noteBot({
      echo(request, { authenticated }) {
        seen.push(authenticated);
        return request;
      },
    });
    const { url } = await start({ bot, doors });
    await post(`${url}/actions/echo`, {}, { authorization: "k1" });
    expect(seen).toEqual([true]);
    expect((await post(`${url}/actions/unknown`, "{broken")).status).toBe(401);
  });
});

describe("an access token", () => {
  const known: TokenVerifier = async (token) =>
    token === "good" ? { userId: "u-7", botId: "b-7" } : token === "bare" ? {} : undefined;

  async function ask(verifyToken: TokenVerifier, headers: Record<string, string>) {
    const seen: unknown[] = [];
    const bot = noteBot({
      echo(request, { userId, botId, authenticated }) {
        seen.push({ userId, botId, authenticated });
        return request;
      },
    });
    const { url } = await start({ bot, doors: [toolDoor({ verifyToken })] });
    const response = await post(`${url}/actions/echo`, {}, headers);
    return { response, seen, json: await response.json() };
  }

  it("proves who calls, whatever the headers say", async () => {
    const said = { "x-aiplugin-connector-identifier": "someone else" };
    const proven = await ask(known, { authorization: "Bearer good", ...said });
    expect(proven.seen).toEqual([{ userId: "u-7", botId: "b-7", authenticated: true }]);
    const bare = await ask(known, { authorization: "bearer  bare ", ...said });
    expect(bare.seen).toEqual([{ userId: "someone else", botId: "", authenticated: true }]);
  });

  it.each([
    [{}, "Bearer", /^the access token is missing/],
    [{ authorization: "good" }, "Bearer", /^the access token is missing/],
    [{ authorization: "Basic good" }, "Bearer", /^the access token is missing/],
    [{ authorization: "Bearer a b" }, "Bearer", /^the access token is missing/],
    [
      { authorization: "Bearer bad" },
      'Bearer error="invalid_token"',
      /^the access token is not valid$/,
    ],
    [
      { authorization: `Bearer ${"x".repeat(8193)}` },
      'Bearer error="invalid_token"',
      /^the access token is not valid$/,
    ],
  ])("in %j is refused", async (headers: Record<string, string>, challenge, message) => {
    const { response, json, seen } = await ask(known, headers);
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, challenge]);
    expect(json).toMatchObject({ error: { message: expect.stringMatching(message) } });
    expect(seen).toEqual([]);
  });

  it("that cannot be checked is 503, or what the check says", async () => {
    const down = await ask(() => Promise.reject(new Error("no route")), {
      authorization: "Bearer good",
    });
    expect([down.response.status, down.json]).toMatchObject([
      503,
      { error: { code: "unavailable", message: "the access token cannot be checked now" } },
    ]);
    const forbidden = await ask(
      () => Promise.reject(new ActionError("permission_denied", "not this one")),
      { authorization: "Bearer good" },
    );
    expect([forbidden.response.status, forbidden.json]).toMatchObject([
      403,
      { error: { message: "not this one" } },
    ]);
  });

  it("and an API key are not asked for at once", async () => {
    const doors = [toolDoor({ verifyToken: known, apiKey: "k" })];
    await expect(start({ doors })).rejects.toThrow(
      "tool door: give one of apiKey, verifyToken and unsigned: true",
    );
  });
});
