import { ActionError, silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { toolDoor } from "botwire/webhook";
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
      echo(request, { botId, userId, conversationId, connectorId, authenticated, headers }) {
        const uid = headers.get("x-aiplugin-uid");
        seen.push({ botId, userId, conversationId, connectorId, authenticated, uid });
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
      "X-AIplugin-UID": "u9",
    };
    await post(`${url}/actions/echo`, {}, headers);
    expect(seen).toEqual([
      {
        botId: "7340000000000000001",
        userId: "user-1",
        conversationId: "7340000000000000002",
        connectorId: "10000010",
        authenticated: false,
        uid: "u9",
      },
    ]);
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
