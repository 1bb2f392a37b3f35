import { createHmac } from "node:crypto";
import { ActionError, silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { callbackDoor } from "botwire/webhook";
import { describe, expect, it, vi } from "vitest";
import { post, start } from "../server/start.ts";
import { echoBot, noteBot } from "./note-bot.ts";

const secret = "s3cret";

function sign(body: string, at = Math.floor(Date.now() / 1000), key = secret) {
  return {
    "x-coze-timestamp": String(at),
    "x-coze-signature": createHmac("sha256", key).update(`${at}.${body}`).digest("hex"),
  };
}

async function call(body: unknown, bot = noteBot()) {
  const { url } = await start({ bot });
  const response = await post(`${url}/coze_callback`, body);
  return { status: response.status, headers: response.headers, json: await response.json() };
}

describe("a callback", () => {
  it("is answered with the action's response", async () => {
    const { status, headers, json } = await call({
      bot_id: "b",
      user_id: "u",
      action: "echo",
      parameters: { text: "早安", note_count: 3 },
    });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    const traceId = headers.get("x-trace-id");
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(json).toEqual({
      status: "success",
      data: { text: "早安", note_count: 3 },
      trace_id: traceId,
    });
  });

  it("carries who calls, in both spellings of every field", async () => {
    const seen: unknown[] = [];
    const bot = noteBot({
      echo(request, context) {
        const { botId, userId, conversationId, connectorId, eventId, locale, deviceClass } =
          context;
        seen.push({ botId, userId, conversationId, connectorId, eventId, locale, deviceClass });
        seen.push(context.authenticated);
        return request;
      },
    });
    const identity = {
      botId: "b",
      userId: "u",
      conversationId: "c",
      connectorId: "n",
      eventId: "e",
      locale: "zh-CN",
      deviceClass: "mobile",
    };
    const { url } = await start({ bot });
    await post(`${url}/coze_callback`, { action: "echo", ...identity });
    await post(`${url}/coze_callback`, {
      action: "echo",
      bot_id: "b",
      user_id: "u",
      conversation_id: "c",
      connector_id: "n",
      event_id: "e",
      locale: "zh-CN",
      device_class: "mobile",
    });
    expect(seen).toEqual([identity, false, identity, false]);
  });

  it("may leave the action out if there is only one", async () => {
    const { json } = await call({ parameters: { noteCount: 1 } }, echoBot());
    expect(json).toMatchObject({ status: "success", data: { note_count: 1 } });
  });

  it("may leave the parameters out", async () => {
    expect((await call({ action: "echo" })).json).toMatchObject({ status: "success", data: {} });
    expect((await call({ action: "echo", parameters: null })).json).toMatchObject({ data: {} });
  });

  it("may have fields that nobody knows", async () => {
    const { json } = await call({ action: "echo", __proto__x: 1, constructor: {}, extra: [1] });
    expect(json).toMatchObject({ status: "success" });
  });

  it("keeps the trace of its caller", async () => {
    const { url } = await start();
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const response = await post(
      `${url}/coze_callback`,
      { action: "echo" },
      { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    );
    expect(await response.json()).toMatchObject({ trace_id: traceId });
  });

  it("is 200 when the action fails", async () => {
    const bot = noteBot({
      echo() {
        throw new ActionError("failed_precondition", "not today");
      },
    });
    const { status, json } = await call({ action: "echo" }, bot);
    expect(status).toBe(200);
    expect(json).toEqual({
      status: "error",
      error: { code: "failed_precondition", message: "not today", violations: [] },
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it("shows nothing of an exception", async () => {
    const bot = noteBot({
      echo() {
        throw new Error("password is hunter2");
      },
    });
    const { status, json } = await call({ action: "echo" }, bot);
    expect(status).toBe(200);
    expect(json).toMatchObject({ error: { code: "internal", message: "internal error" } });
  });

  it("is an internal error if the response cannot be written", async () => {
    const { status, json } = await call({ action: "echo", parameters: { text: "unwritable" } });
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: "error", error: { code: "internal" } });
  });

  it("lists every broken rule", async () => {
    const { status, json } = await call({ action: "echo", parameters: { text: "bad" } });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      error: {
        code: "invalid_argument",
        violations: [{ field: "text", rule: "string.not_bad", message: "must not be bad" }],
      },
    });
  });

  it("refuses parameters that the action does not know, by name", async () => {
    const { status, json } = await call({
      action: "echo",
      parameters: { text: 1, zone: 2, child: { __proto_: 3 } },
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      error: {
        code: "invalid_argument",
        violations: [
          { field: "text", rule: "json", message: "expected string, got 1" },
          { field: "zone", rule: "json", message: "unknown field" },
          { field: "child.__proto_", rule: "json", message: "unknown field" },
        ],
      },
    });
  });

  it("that names no action is malformed if there are several", async () => {
    const { status, json } = await call({ parameters: {} });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: { message: "the call names no action; this server has echo, repeat" },
    });
  });

  it("that names an unknown action is 404", async () => {
    const { status, json } = await call({ action: "ecko" });
    expect(status).toBe(404);
    expect(json).toMatchObject({
      status: "error",
      error: { code: "not_found", message: 'there is no action "ecko"; did you mean "echo"?' },
    });
  });

  it("of a streaming action is unimplemented, and no broken server", async () => {
    const { status, json } = await call({ action: "repeat", parameters: { note_count: 1 } });
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: "error", error: { code: "unimplemented" } });
  });

  it.each<[string, unknown, string]>([
    ["an empty body", "", "the body is empty, a JSON object is expected"],
    ["broken JSON", '{"action":', "the body is not valid JSON: Unexpected end of JSON input"],
    ["an array", "[]", "the body must be a JSON object, not an array"],
    ["a number", "7", "the body must be a JSON object, not a number"],
    ["null", "null", "the body must be a JSON object, not null"],
    ["bad UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), "the body is not valid UTF-8"],
    ["a fraction as id", { bot_id: 7.5 }, '"bot_id" must be a string, not a number'],
    ["a number as action", { action: 7 }, '"action" must be a string, not a number'],
    [
      "a field in both spellings",
      { bot_id: "a", botId: "b" },
      '"botId" is given twice, in both of its spellings',
    ],
    [
      "parameters as text",
      { parameters: "{}" },
      '"parameters" must be a JSON object, not a string',
    ],
    [
      "200 levels of nesting",
      `{"parameters":${'{"child":'.repeat(200)}{}${"}".repeat(200)}}`,
      "the body is nested deeper than 100 levels",
    ],
    ["a million brackets", "[".repeat(1_000_000), "the body is nested deeper than 100 levels"],
  ])("that is %s is malformed", async (_, body, message) => {
    const { status, json } = await call(body);
    expect(status).toBe(400);
    expect(json).toEqual({
      status: "error",
      error: { code: "invalid_argument", message, violations: [] },
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it("may be nested 90 levels deep, and have brackets in its strings", async () => {
    const deep = `${'{"child":'.repeat(90)}{}${"}".repeat(90)}`;
    const { url } = await start();
    const nested = await post(`${url}/coze_callback`, `{"action":"echo","parameters":${deep}}`);
    expect(nested.status).toBe(200);
    const text = `\\"${"[{".repeat(500)}`;
    const quoted = await post(
      `${url}/coze_callback`,
      `{"action":"echo","parameters":{"text":"${text}"}}`,
    );
    expect(await quoted.json()).toMatchObject({ status: "success" });
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])("by %s is 405", async (method) => {
    const { url } = await start();
    const response = await fetch(`${url}/coze_callback`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
    if (method !== "HEAD") {
      expect(await response.json()).toMatchObject({
        error: { message: `/coze_callback is called by POST, not ${method}` },
      });
    }
  });

  it.each<[string, Record<string, string>]>([
    ["text/plain", { "content-type": "text/plain" }],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
    ["another character set", { "content-type": "application/json; charset=gbk" }],
    ["compressed", { "content-encoding": "gzip" }],
  ])("that is %s is 415", async (_, headers) => {
    const { url } = await start();
    const response = await post(`${url}/coze_callback`, '{"action":"echo"}', headers);
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ error: { code: "invalid_argument" } });
  });

  it("says which character set it has as it likes", async () => {
    const { url } = await start();
    for (const type of ["application/json; charset=utf-8", 'APPLICATION/JSON;charset="UTF-8"']) {
      const headers = { "content-type": type };
      const response = await post(`${url}/coze_callback`, '{"action":"echo"}', headers);
      expect(response.status).toBe(200);
    }
  });

  it("that takes too long is answered in time", async () => {
    const bot = noteBot({ echo: () => new Promise(() => {}) });
    const doors = [callbackDoor({ unsigned: true, budgetMs: 50 })];
    const { url } = await start({ bot, doors });
    const response = await post(`${url}/coze_callback`, { action: "echo" });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ error: { code: "deadline_exceeded" } });
  });

  it("that a middleware turns away is 429 or 503, with the time to wait", async () => {
    const turnAway = (error: ActionError) => () => Promise.reject(error);
    const busy = new ActionError("resource_exhausted", "slow down", { retryAfterMs: 2500 });
    const limited = await start({ middleware: [turnAway(busy)] });
    const first = await post(`${limited.url}/coze_callback`, { action: "echo" });
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "3"]);
    const down = await start({ middleware: [turnAway(new ActionError("unavailable", "down"))] });
    const second = await post(`${down.url}/coze_callback`, { action: "echo" });
    expect([second.status, second.headers.get("retry-after")]).toEqual([503, "1"]);
  });

  it("carries the headers of hooks, but none that would break it", async () => {
    const { url } = await start({
      hooks: [
        {
          onResponseCommit(_, { headers }) {
            headers.set("x-cache", "hit");
            headers.set("content-length", "1");
            headers.set("x-bad", "a\r\nx-injected: 1");
          },
        },
      ],
    });
    const { headers } = await post(`${url}/coze_callback`, { action: "echo" });
    expect(headers.get("x-cache")).toBe("hit");
    expect(headers.has("x-bad")).toBe(false);
    expect(headers.has("x-injected")).toBe(false);
  });
});

describe("a body", () => {
  it("of 10 MB is 413, and the connection lives on", async () => {
    const { url } = await start();
    const response = await post(`${url}/coze_callback`, "x".repeat(10_000_000));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      error: { code: "resource_exhausted", message: "the body is longer than 1048576 bytes" },
    });
    expect((await post(`${url}/coze_callback`, { action: "echo" })).status).toBe(200);
  });

  it("of 10 MB whose length nobody said is 413, too", async () => {
    const { url } = await start();
    const chunk = new TextEncoder().encode("x".repeat(100_000));
    let left = 100;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left-- > 0) {
          controller.enqueue(chunk);
        } else {
          controller.close();
        }
      },
    });
    const init: RequestInit & { duplex: "half" } = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      duplex: "half",
    };
    const response = await fetch(`${url}/coze_callback`, init);
    expect(response.status).toBe(413);
  });

  it("may be as long as the door was told", async () => {
    const doors = [callbackDoor({ unsigned: true, maxBodyBytes: 20 })];
    const { url } = await start({ bot: echoBot(), doors });
    expect((await post(`${url}/coze_callback`, `{${" ".repeat(18)}}`)).status).toBe(200);
    expect((await post(`${url}/coze_callback`, `{${" ".repeat(19)}}`)).status).toBe(413);
  });
});

describe("a signed door", () => {
  const doors = [callbackDoor({ secret: [secret, "older"] })];
  const body = '{"action":"echo","parameters":{"text":"早安"}}';
  const now = () => Math.floor(Date.now() / 1000);

  async function status(headers: Record<string, string>, sent = body): Promise<number> {
    const { url } = await start({ doors });
    return (await post(`${url}/coze_callback`, sent, headers)).status;
  }

  it("takes what any of its secrets signed, and knows that it did", async () => {
    const seen: boolean[] = [];
    const bot = noteBot({
      echo(request, context) {
        seen.push(context.authenticated);
        return request;
      },
    });
    const { url } = await start({ bot, doors });
    for (const key of [secret, "older"]) {
      const response = await post(`${url}/coze_callback`, body, sign(body, now(), key));
      expect(await response.json()).toMatchObject({ status: "success", data: { text: "早安" } });
    }
    expect(seen).toEqual([true, true]);
  });

  it("takes signatures in upper case", async () => {
    const { "x-coze-signature": signature, ...rest } = sign(body);
    expect(await status({ ...rest, "x-coze-signature": signature.toUpperCase() })).toBe(200);
  });

  it("takes bodies of every size", async () => {
    for (const size of [1, 60_000, 65_536, 70_000, 300_000]) {
      const long = `{"action":"echo","parameters":{"text":"${"x".repeat(size)}"}}`;
      expect(await status(sign(long), long)).toBe(200);
    }
  });

  it.each([
    ["nothing", () => ({})],
    ["no timestamp", () => ({ "x-coze-signature": sign(body)["x-coze-signature"] })],
    ["another body's signature", () => sign(`${body} `)],
    ["another secret's signature", () => sign(body, now(), "guess")],
    ["a signature that is cut", () => ({ ...sign(body), "x-coze-signature": "ab" })],
    ["a signature that is no hex", () => ({ ...sign(body), "x-coze-signature": "zz".repeat(32) })],
    ["an old timestamp", () => sign(body, now() - 302)],
    ["a timestamp of the future", () => sign(body, now() + 302)],
    ["a timestamp in milliseconds", () => sign(body, Date.now())],
    ["a timestamp moved on", () => ({ ...sign(body), "x-coze-timestamp": String(now() + 1) })],
  ])("refuses %s with 401", async (_, headers) => {
    expect(await status(headers())).toBe(401);
  });

  it("takes timestamps up to 300 seconds off, both ways", async () => {
    expect(await status(sign(body, now() - 298))).toBe(200);
    expect(await status(sign(body, now() + 298))).toBe(200);
  });

  it("looks at the signature before anything is parsed", async () => {
    const parse = vi.spyOn(JSON, "parse");
    const { url } = await start({ doors });
    const response = await post(`${url}/coze_callback`, '{"broken', sign("{}"));
    const parsed = parse.mock.calls.map(([text]) => text);
    parse.mockRestore();
    expect(response.status).toBe(401);
    expect(parsed).not.toContain('{"broken');
    expect(await status(sign('{"broken'), '{"broken')).toBe(400);
  });

  it("checks with WebCrypto as it does with Node's", async () => {
    const handler = createFetchHandler({ actions: [noteBot()], doors, log: silentLogger });
    const request = (headers: Record<string, string>) =>
      new Request("http://edge/coze_callback", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      });
    expect((await handler(request(sign(body)))).status).toBe(200);
    expect((await handler(request(sign(body, now(), "guess")))).status).toBe(401);
    expect((await handler(request({}))).status).toBe(401);
  });
});
