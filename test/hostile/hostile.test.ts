import { connect as connectH2 } from "node:http2";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServer } from "../interop/server-process.ts";
import { malformed } from "./json-inputs.ts";

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer("test/hostile/faulty-bot.ts");
});
afterAll(() => server[Symbol.asyncDispose]());

afterEach(async () => {
  const { answer } = await post("/actions/get_chinese_date", '{"date":"2026-02-17"}');
  expect(answer, server.log()).toMatchObject({ text: "alive" });
  expect(server.alive()).toBe(true);
});

/** Posts a body as JSON and returns status and JSON answer. */
async function post(path: string, body: string | Uint8Array<ArrayBuffer>) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(server.url + path, { method: "POST", headers, body });
  return { status: response.status, answer: (await response.json()) as unknown };
}

const toolPath = "/actions/get_local_time";
const rpcPath = "/almanac.v1.AlmanacService/GetLocalTime";
const callbackPath = "/coze_callback";

/** The three doors: a path, and how a failure looks there. */
const doors = [
  ["callback", callbackPath, (error: object) => ({ status: "error", error })],
  ["tool", toolPath, (error: object) => ({ error })],
  ["Connect", rpcPath, (error: object) => error],
] as const;

test.each([
  ["callback", callbackPath],
  ["tool", toolPath],
])("the %s door refuses what JSON test suites have of malformed texts", async (_, path) => {
  for (const text of malformed) {
    // A tool call may come without a body.
    const body = text === "" ? " " : text;
    expect((await post(path, body)).status, JSON.stringify(text)).toBe(400);
    expect((await post(path, `{"parameters":${text}}`)).status, JSON.stringify(text)).toBe(400);
  }
});

describe("a handler", () => {
  test.each(["floating rejection", "late rejection"])(
    "with a %s answers all the same",
    async (zone) => {
      const { status, answer } = await post(toolPath, JSON.stringify({ time_zone: zone }));
      expect({ status, answer }).toMatchObject({
        status: 200,
        answer: { time: "answered all the same" },
      });
      await expect.poll(server.log).toMatch(/nobody waits for this|too late/);
    },
  );

  test.each(["throws a secret", "throws nothing", "throws a hostile object"])(
    "that %s is an internal error that tells nothing",
    async (zone) => {
      const { status, answer } = await post(toolPath, JSON.stringify({ time_zone: zone }));
      expect({ status, answer }).toEqual({
        status: 200,
        answer: { error: { code: "internal", message: expect.any(String), violations: [] } },
      });
      expect(JSON.stringify(answer)).not.toContain("hunter2");
    },
  );

  test("that never answers is given up in time", async () => {
    const start = performance.now();
    const parameters = { place: {}, date: "2026-06-21" };
    const body = JSON.stringify({ action: "get_sun_times", parameters });
    const { status, answer } = await post(callbackPath, body);
    expect({ status, answer }).toMatchObject({
      status: 200,
      answer: { status: "error", error: { code: "deadline_exceeded" } },
    });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe.each(doors)("the %s door", (name, path, failure) => {
  test("refuses a body of 10 MB", async () => {
    const body = JSON.stringify({ time_zone: "x".repeat(10_000_000) });
    const { status, answer } = await post(path, body);
    // Connect's own code has HTTP status 429.
    expect(status).toBe(name === "Connect" ? 429 : 413);
    expect(answer).toMatchObject(failure({ code: "resource_exhausted" }));
  });

  test.each([
    ["cut JSON", '{"time_zone":'],
    ["no JSON", "hello"],
    ["text that is not UTF-8", Uint8Array.of(0x22, 0xff, 0xfe, 0x22)],
    ["a list", "[]"],
    ["null", "null"],
    ["200 levels of lists", `{"time_zone":${"[".repeat(200)}${"]".repeat(200)}}`],
    ["200 levels of objects", `${'{"a":'.repeat(200)}1${"}".repeat(200)}`],
    ["100,000 levels of lists", `{"time_zone":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["a prototype", '{"__proto__":{"timeZone":"UTC"},"constructor":1}'],
  ])("refuses %s", async (_name, body) => {
    const { status, answer } = await post(path, body);
    expect([200, 400]).toContain(status);
    expect(answer).toMatchObject(failure({ code: "invalid_argument" }));
  });
});

describe("a client that goes away", () => {
  test.each([
    ["before its headers end", `POST ${toolPath} HTTP/1.1\r\nhost: x\r\n`],
    [
      "in the middle of its body",
      `POST ${toolPath} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    ],
    ["in the middle of HTTP/2's preface", "PRI * HTTP/2.0\r\n"],
    ["after HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["without a word", ""],
  ])("%s harms nobody", async (_name, bytes) => {
    await sendAndReset(bytes);
  });

  test("while its call runs, aborts the call", async () => {
    const abort = new AbortController();
    const call = fetch(`${server.url}/actions/get_forecast`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"place":{},"days":1}',
      signal: abort.signal,
    });
    await expect.poll(server.log).toContain("forecast started");
    expect(server.log()).not.toContain("forecast aborted");
    abort.abort();
    await expect(call).rejects.toThrow("aborted");
    await expect.poll(server.log).toContain("forecast aborted");
  });

  test("while it reads a stream, stops the stream", async () => {
    const abort = new AbortController();
    const response = await fetch(`${server.url}/actions/countdown`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: '{"from":1}',
      signal: abort.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    expect(server.log()).not.toContain("countdown stopped");
    abort.abort();
    await expect.poll(server.log).toContain("countdown stopped");
  });

  test("over HTTP/2 takes its other calls with it", async () => {
    const session = connectH2(server.url);
    session.on("error", () => {});
    const streams = Array.from({ length: 50 }, () =>
      session.request({
        ":method": "POST",
        ":path": "/actions/countdown",
        "content-type": "application/json",
        accept: "text/event-stream",
      }),
    );
    await Promise.all(
      streams.map((stream) => {
        stream.on("error", () => {});
        stream.end('{"from":1}');
        return new Promise((resolve) => stream.once("data", resolve));
      }),
    );
    session.destroy();
    await expect.poll(() => server.log().match(/countdown stopped/g)?.length).toBe(51);
  });
});

test.each([
  ["random bytes", "\x00\x01\x02\xff\xfe\r\n\r\n"],
  ["a TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["a header of 100 kB", `GET / HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(100_000)}\r\n\r\n`],
  ["an HTTP/2 frame that is none", `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${"\xff".repeat(100)}`],
])("%s end the connection only", async (_name, bytes) => {
  await sendUntilClosed(bytes);
});

/** Sends bytes and breaks the connection. */
async function sendAndReset(bytes: string): Promise<void> {
  const socket = await opened();
  await new Promise((resolve) => socket.write(bytes, "latin1", resolve));
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.resetAndDestroy();
}

/** Sends bytes and waits until the server closes the connection. */
async function sendUntilClosed(bytes: string): Promise<void> {
  const socket = await opened();
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.resume().write(bytes, "latin1");
  await closed;
}

async function opened() {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("connect", resolve));
  return socket;
}
