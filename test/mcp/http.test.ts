import { connect as connectSocket } from "node:net";
import { text } from "node:stream/consumers";
import { ActionError, type CallContext } from "botwire";
import { mcpDoor } from "botwire/mcp";
import { describe, expect, it } from "vitest";
import { start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, revisions } from "./connect.ts";
import { NoteServiceTools } from "./note-tools.ts";
import { lastMessage, rawRequest, send } from "./raw.ts";

const tools = [NoteServiceTools];
const open = [mcpDoor({ tools, unsigned: true })];
const closed = [mcpDoor({ tools, apiKey: ["first key", "second key"] })];

describe.each(revisions)("a request of revision %s", (revision) => {
  const list = rawRequest(revision, "tools/list");
  const echo = rawRequest(revision, "tools/call", { name: "echo", arguments: { text: "hi" } });

  it("needs a key", async () => {
    const { url } = await start({ doors: closed });
    const missing = await send(`${url}/mcp`, list);
    expect(missing.status).toBe(401);
    expect(missing.headers.get("www-authenticate")).toBe("Bearer");
    expect(await missing.json()).toEqual({
      jsonrpc: "2.0",
      id: null,
      error: {
        code: -32000,
        message: "the API key is missing: send it in the authorization header",
        data: { code: "unauthenticated", trace_id: missing.headers.get("x-trace-id") },
      },
    });
    const wrong = await send(`${url}/mcp`, list, { authorization: "Bearer third key" });
    expect(wrong.status).toBe(401);
    const right = await send(`${url}/mcp`, list, { authorization: "Bearer second key" });
    expect(right.status).toBe(200);
  });

  it("may carry the key in another place", async () => {
    const door = mcpDoor({ tools, apiKey: "a key", header: "X-Api-Key", query: "key" });
    const { url } = await start({ doors: [door] });
    expect((await send(`${url}/mcp`, list, { "x-api-key": "a key" })).status).toBe(200);
    expect((await send(`${url}/mcp?key=a+key`, list)).status).toBe(200);
    expect((await send(`${url}/mcp`, list, { authorization: "a key" })).status).toBe(401);
  });

  it("is refused if a page of a foreign origin sends it", async () => {
    const door = mcpDoor({ tools, unsigned: true, origins: ["https://app.example.com"] });
    const { url } = await start({ doors: [door] });
    const status = async (origin: string) => (await send(`${url}/mcp`, list, { origin })).status;
    expect(await status("https://app.example.com")).toBe(200);
    expect(await status("http://localhost:5173")).toBe(200);
    expect(await status("http://127.0.0.1")).toBe(200);
    expect(await status("http://[::1]:8080")).toBe(200);
    for (const foreign of [
      "https://evil.example.com",
      "http://app.example.com",
      "https://app.example.com.evil.com",
      "http://localhost.evil.com",
      "http://localhost@evil.com",
      "null",
    ]) {
      expect([foreign, await status(foreign)]).toEqual([foreign, 403]);
    }
    const answer = await send(`${url}/mcp`, list, { origin: "https://evil.example.com" });
    expect(await answer.json()).toMatchObject({
      error: {
        message: 'pages of the origin "https://evil.example.com" are not let in',
        data: { code: "permission_denied" },
      },
    });
  });

  it("says who calls", async () => {
    let seen: CallContext | undefined;
    const bot = noteBot({
      echo(_, context) {
        seen = context;
        return {};
      },
    });
    const { url } = await start({ bot, doors: closed });
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    await send(`${url}/mcp`, echo, {
      authorization: "first key",
      "x-user-id": "u-1",
      "x-aiplugin-bot-id": "7389",
      "accept-language": "zh-CN,zh;q=0.9",
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    }).then((response) => response.text());
    expect(seen).toMatchObject({
      door: "mcp",
      action: { name: "echo" },
      authenticated: true,
      userId: "u-1",
      botId: "7389",
      locale: "zh-CN",
      traceId,
    });
  });

  it("may carry its trace in the message", async () => {
    const { url } = await start({ doors: open });
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const traced = rawRequest(revision, "tools/call", {
      name: "echo",
      _meta: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    });
    const response = await send(`${url}/mcp`, traced);
    expect(response.headers.get("x-trace-id")).toBe(traceId);
  });

  it("is answered with the headers of hooks and with its trace", async () => {
    const { url } = await start({
      doors: open,
      hooks: [
        {
          onResponseCommit(_, { headers }) {
            headers.set("x-cost", "3");
          },
        },
      ],
    });
    const response = await send(`${url}/mcp`, echo);
    expect(response.headers.get("x-cost")).toBe("3");
    expect(await lastMessage(response)).toMatchObject({
      result: { _meta: { trace_id: response.headers.get("x-trace-id") } },
    });
    const listed = await send(`${url}/mcp`, list);
    expect(listed.headers.get("x-trace-id")).toMatch(/^[0-9a-f]{32}$/);
  });

  it("passes hooks and middleware", async () => {
    const seen: string[] = [];
    const { url } = await start({
      doors: open,
      hooks: [
        {
          onRouteMatch({ action }) {
            seen.push(`match ${action?.name}`);
          },
          onRequestEnd(_, { error }) {
            seen.push(`end ${error?.code}`);
          },
        },
      ],
      middleware: [
        async (context, next) => {
          if (context.headers.get("x-blocked") !== undefined) {
            throw new ActionError("resource_exhausted", "slow down");
          }
          return next(context);
        },
      ],
    });
    await (await send(`${url}/mcp`, echo)).text();
    const blocked = await send(`${url}/mcp`, echo, { "x-blocked": "1" });
    expect(await lastMessage(blocked)).toMatchObject({ result: { isError: true } });
    expect(seen).toEqual(["match echo", "end undefined", "match echo", "end resource_exhausted"]);
  });
});

describe("a request that is not let in", () => {
  const { headers, body } = rawRequest("2025-11-25", "tools/list");

  it("is seen by hooks", async () => {
    const codes: string[] = [];
    const { url } = await start({
      doors: closed,
      hooks: [
        {
          onRequestEnd({ door, authenticated }, { error }) {
            codes.push(`${door} ${authenticated} ${error?.code}`);
          },
        },
      ],
    });
    await send(`${url}/mcp`, { headers, body });
    const key = { authorization: "first key" };
    await send(`${url}/mcp`, { headers, body: "{" }, key);
    await send(`${url}/mcp`, { headers, body }, { ...key, origin: "https://evil.example.com" });
    expect(codes).toEqual([
      "mcp false unauthenticated",
      "mcp false invalid_argument",
      "mcp false permission_denied",
    ]);
  });

  it.each([
    ["no JSON", "{", 400, "the body is not valid JSON"],
    ["a batch", "[]", 400, "the body must be a JSON object, not an array"],
    ["empty", "", 400, "the body is empty"],
    ["deep", `${'{"a":'.repeat(101)}1${"}".repeat(101)}`, 400, "nested deeper than 100 levels"],
    ["long", JSON.stringify("x".repeat(1024 * 1024)), 413, "the body is longer than 1048576 bytes"],
  ])("because its body is %s says so", async (_name, bad, status, message) => {
    const { url } = await start({ doors: open });
    const response = await send(`${url}/mcp`, { headers, body: bad });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      jsonrpc: "2.0",
      id: null,
      error: { code: status === 400 ? -32600 : -32000, message: expect.stringContaining(message) },
    });
  });

  it("because it is no POST is told so", async () => {
    const { url } = await start({ doors: open });
    for (const method of ["GET", "DELETE", "PUT"]) {
      const response = await fetch(`${url}/mcp`, { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    }
  });

  it("because it is not JSON is told so", async () => {
    const { url } = await start({ doors: open });
    const typed = { ...headers, "content-type": "text/plain" };
    expect((await send(`${url}/mcp`, { headers: typed, body })).status).toBe(415);
    const packed = { ...headers, "content-encoding": "gzip" };
    expect((await send(`${url}/mcp`, { headers: packed, body })).status).toBe(415);
  });
});

describe("a message that is none of the protocol", () => {
  it.each([
    ["an unknown method", { jsonrpc: "2.0", id: 1, method: "tools/drop" }],
    ["no name", { jsonrpc: "2.0", id: 1, method: "tools/call", params: {} }],
    [
      "arguments that are no object",
      { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "echo", arguments: [] } },
    ],
  ])("because of %s is an error with its id", async (_name, message) => {
    const { url } = await start({ doors: open });
    const { headers } = rawRequest("2025-11-25", "tools/list");
    const response = await send(`${url}/mcp`, { headers, body: JSON.stringify(message) });
    expect(await lastMessage(response)).toMatchObject({
      id: 1,
      error: { code: expect.anything() },
    });
  });

  it("never reaches an action", async () => {
    let calls = 0;
    const bot = noteBot({
      echo() {
        calls++;
        return {};
      },
    });
    const { url } = await start({ bot, doors: open });
    const { headers } = rawRequest("2025-11-25", "tools/list");
    const call = { method: "tools/call", params: { name: "echo" } };
    for (const bad of [
      call,
      { ...call, id: 1 },
      { ...call, jsonrpc: "1.0", id: 1 },
      { ...call, jsonrpc: "2.0", id: null },
      { ...call, jsonrpc: "2.0", id: {} },
    ]) {
      await (await send(`${url}/mcp`, { headers, body: JSON.stringify(bad) })).text();
    }
    expect(calls).toBe(0);
  });
});

it("answers a client that speaks HTTP/1.0", async () => {
  const { port } = await start({ doors: open });
  const { headers, body } = rawRequest("2025-11-25", "tools/list");
  const socket = connectSocket(port, "127.0.0.1");
  const lines = Object.entries({ ...headers, "content-length": String(body.length) });
  socket.end(
    `POST /mcp HTTP/1.0\r\n${lines.map((line) => line.join(": ")).join("\r\n")}\r\n\r\n${body}`,
  );
  expect(await text(socket)).toContain('"name":"echo"');
});

it("lets browsers of listed origins in, with the headers of the protocol", async () => {
  const origin = "https://app.example.com";
  const { url } = await start({
    doors: [mcpDoor({ tools, apiKey: "a key", origins: [origin] })],
    cors: { origins: [origin] },
  });
  const preflight = await fetch(`${url}/mcp`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toBe(
    "content-type, authorization, mcp-protocol-version, mcp-method, mcp-name, mcp-session-id",
  );
  const client = await connect(`${url}/mcp`, "2025-11-25", {
    headers: { origin, authorization: "a key" },
  });
  expect((await client.listTools()).tools).toHaveLength(2);
});
