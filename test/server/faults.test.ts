import { setTimeout as sleep } from "node:timers/promises";
import { ActionError } from "botwire";
import type { Door } from "botwire/node";
import { toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, rawPost } from "./raw.ts";
import { keepLog, openDoors, post, start } from "./start.ts";

const limits = { headersTimeoutMs: 150, requestTimeoutMs: 300 };

async function lives(url: string): Promise<boolean> {
  return (await post(`${url}/actions/echo`, { text: "still here" })).status === 200;
}

describe("a client that", () => {
  it("says nothing is let go", async () => {
    const { port, url } = await start({ limits });
    expect(await connect(port).closed).toBe("");
    const stuck = connect(port);
    stuck.socket.write("PR");
    expect(await stuck.closed).toBe("");
    expect(await lives(url)).toBe(true);
  });

  it("never ends its headers is answered 408", async () => {
    const { port, url } = await start({ limits });
    const { socket, closed } = connect(port);
    socket.write("POST /actions/echo HTTP/1.1\r\nhost: x\r\n");
    const answer = await closed;
    expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
    expect(answer).toContain('"message":"the request did not arrive in time"');
    expect(await lives(url)).toBe(true);
  });

  it("never ends its body is answered 408", async () => {
    const { port, url } = await start({ limits });
    const { socket, closed } = connect(port);
    socket.write(rawPost("/actions/echo", "{}").replace("length: 2", "length: 20"));
    expect(await closed).toMatch(/^HTTP\/1.1 408 /);
    expect(await lives(url)).toBe(true);
  });

  it("sends its body too slowly for the call's budget is answered 504", async () => {
    const doors = [toolDoor({ unsigned: true, budgetMs: 50 })];
    const { port, url } = await start({ doors });
    const { socket, until } = connect(port);
    socket.write(rawPost("/actions/echo", "{}").replace("length: 2", "length: 20"));
    await until('"code":"deadline_exceeded"');
    await until("HTTP/1.1 504 ");
    socket.destroy();
    expect(await lives(url)).toBe(true);
  });

  it("cuts its body off is answered 400", async () => {
    const { port, url } = await start();
    const { socket, closed } = connect(port);
    socket.end(rawPost("/actions/echo", "{}").replace("length: 2", "length: 20"));
    const answer = await closed;
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toMatch(/"trace_id":"[0-9a-f]{32}"\}$/);
    expect(answer).toContain('"message":"the request is cut off"');
    expect(await lives(url)).toBe(true);
  });

  it.each([
    ["garbage", 400, "\x16\x03\x01garbage\r\n\r\n"],
    ["a wrong version", 400, "GET /livez HTTP/9.9\r\n\r\n"],
    ["two lengths", 400, rawPost("/actions/echo", "{}", "content-length: 3\r\n")],
    ["length and chunks", 400, rawPost("/actions/echo", "{}", "transfer-encoding: chunked\r\n")],
    ["a negative length", 400, rawPost("/actions/echo", "{}").replace(": 2", ": -2")],
    ["long headers", 431, `GET / HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`],
  ])("sends %s is answered %i", async (_, status, bytes) => {
    const { port, url } = await start();
    const { socket, closed } = connect(port);
    socket.write(bytes, "latin1");
    expect(await closed).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\\r\\nconnection: close\\r\\n`));
    expect(await lives(url)).toBe(true);
  });

  it("names two hosts is answered 400", async () => {
    const { port, url } = await start();
    const { socket, closed } = connect(port);
    socket.write(rawPost("/actions/echo", "{}", "Host: y\r\n"));
    const answer = await closed;
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('"message":"the request names two hosts"');
    expect(await lives(url)).toBe(true);
  });

  it("sends garbage while it waits for an answer gets nothing in its place", async () => {
    const answered = Promise.withResolvers<void>();
    const bot = noteBot({
      async echo(request) {
        await answered.promise;
        return request;
      },
    });
    const { port } = await start({ bot });
    const { socket, closed } = connect(port);
    socket.write(`${rawPost("/actions/echo", "{}")}garbage\r\n\r\n`);
    expect(await closed).toBe("");
    answered.resolve();
  });

  it("goes away while its call runs aborts the handler", async () => {
    const started = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<unknown>();
    const bot = noteBot({
      async echo(request, { signal }) {
        signal.addEventListener("abort", () => aborted.resolve(signal.reason));
        started.resolve();
        await aborted.promise;
        return request;
      },
    });
    const { port } = await start({ bot });
    const { socket } = connect(port);
    socket.write(rawPost("/actions/echo", "{}"));
    await started.promise;
    socket.destroy();
    expect(await aborted.promise).toMatchObject({ name: "AbortError" });
  });

  it("goes away in the middle of its request harms nobody", async () => {
    const { log, lines } = keepLog();
    const { port, url } = await start({ log });
    for (const bytes of ["", "PR", "POST /act", rawPost("/actions/echo", "{}").slice(0, -1)]) {
      const { socket, closed } = connect(port);
      socket.write(bytes);
      await new Promise((resolve) => setTimeout(resolve, 10));
      socket.resetAndDestroy();
      await closed;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await lives(url)).toBe(true);
    expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("goes on sending long after it was answered is let go", async () => {
    const { port, url } = await start({ limits: { requestTimeoutMs: 200 } });
    const { socket, until, closed } = connect(port);
    socket.write(rawPost("/actions/echo", "{}").replace("length: 2", "length: 900000000"));
    await until("HTTP/1.1 413 ");
    const sending = setInterval(() => socket.write("x".repeat(1000)), 10);
    await closed;
    clearInterval(sending);
    expect(await lives(url)).toBe(true);
  });

  it.each([true, false])("is done is let go in time, fast lane %s", async (fastLane) => {
    const { port } = await start({ fastLane, limits: { keepAliveTimeoutMs: 400 } });
    const { socket, closed, until } = connect(port);
    socket.write(rawPost("/actions/echo", '{"text":"done"}'));
    await until('{"text":"done"}');
    const answeredAt = performance.now();
    await closed;
    const idleMs = performance.now() - answeredAt;
    expect(idleMs).toBeGreaterThan(390);
    // An eighth more, and what a busy machine takes.
    expect(idleMs).toBeLessThan(900);
  });

  it.each([true, false])("does not read its answer is let go, fast lane %s", async (fastLane) => {
    const text = "x".repeat(16_000_000);
    const bot = noteBot({ echo: () => ({ text }) });
    const { port } = await start({ bot, fastLane, limits: { keepAliveTimeoutMs: 200 } });
    const { socket, closed, until } = connect(port);
    socket.write(rawPost("/actions/echo", "{}"));
    await until("HTTP/1.1 200");
    socket.pause();
    await sleep(1000);
    socket.resume();
    expect((await closed).length).toBeLessThan(text.length);
  });

  it.each([true, false])(
    "reads its answer slowly has all of it, fast lane %s",
    async (fastLane) => {
      const text = "x".repeat(16_000_000);
      const bot = noteBot({ echo: () => ({ text }) });
      const { port } = await start({ bot, fastLane, limits: { keepAliveTimeoutMs: 400 } });
      const { socket, closed, received } = connect(port);
      socket.write(rawPost("/actions/echo", "{}"));
      const paces = setInterval(() => {
        socket.pause();
        setTimeout(() => socket.resume(), 100);
      }, 110);
      while (received().length < text.length) {
        await sleep(20);
      }
      clearInterval(paces);
      expect((await closed).length).toBeGreaterThan(text.length);
    },
  );

  it("may wait for its next answer longer than it may leave one unread", async () => {
    const bot = noteBot({
      async echo({ text, noteCount }) {
        await sleep(noteCount);
        return { text: text === "" ? "x".repeat(16_000_000) : text };
      },
    });
    const { port } = await start({ bot, limits: { keepAliveTimeoutMs: 200 } });
    const { socket, received, closed } = connect(port);
    socket.write(
      rawPost("/actions/echo", "{}") + rawPost("/actions/echo", '{"text":"b","note_count":900}'),
    );
    await closed;
    expect(received()).toMatch(/\{"text":"b"\}$/);
  });

  it("is one too many is closed", async () => {
    const { port } = await start({ limits: { maxConnections: 1 } });
    const first = connect(port);
    first.socket.write(rawPost("/actions/echo", '{"text":"a"}'));
    await first.until('{"text":"a"}');
    const second = connect(port);
    second.socket.write(rawPost("/actions/echo", "{}"));
    expect(await second.closed).toBe("");
    first.socket.destroy();
  });
});

describe("a handler that", () => {
  it("rejects is an internal error, which the log explains", async () => {
    const { log, lines } = keepLog();
    const bot = noteBot({ echo: () => Promise.reject(new Error("boom")) });
    const { url } = await start({ bot, log });
    const response = await post(`${url}/actions/echo`, {});
    expect(await response.json()).toMatchObject({ error: { code: "internal" } });
    const failure = lines.find(({ level }) => level === "error");
    expect(failure?.fields["trace_id"]).toBe(response.headers.get("x-trace-id"));
    expect(JSON.stringify(failure?.fields["error"], ["cause", "message"])).not.toBe("{}");
  });

  it.each([undefined, null, "text", 7, Object.create(null)])(
    "throws %o is one, too",
    async (reason) => {
      const bot = noteBot({
        echo() {
          throw reason;
        },
      });
      const { url } = await start({ bot });
      const response = await post(`${url}/actions/echo`, {});
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ error: { code: "internal" } });
    },
  );

  it("gives its error headers that HTTP cannot carry is answered without them", async () => {
    const bot = noteBot({
      echo() {
        throw new ActionError("aborted", "no", {
          metadata: new Map([
            ["x-ok", "yes"],
            ["x bad", "a"],
            ["x-bad", "a\nb"],
            ["content-type", "text/html"],
          ]),
        });
      },
    });
    const { url } = await start({ bot });
    const { headers } = await post(`${url}/actions/echo`, {});
    expect(headers.get("x-ok")).toBe("yes");
    expect(headers.has("x-bad")).toBe(false);
    expect(headers.get("content-type")).toBe("application/json");
  });
});

describe("a door that", () => {
  const broken = (handler: () => never): Door => ({
    name: "broken",
    open: () => ({
      routes: [{ match: "exact", path: "/broken", label: "/broken" }],
      handler: { kind: "native", node: handler },
    }),
  });

  it("throws is answered by the server", async () => {
    const { log, lines } = keepLog();
    const door = broken(() => {
      throw new Error("boom");
    });
    const { url } = await start({ doors: [...openDoors, door], log });
    const response = await fetch(`${url}/broken`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: { code: "internal", message: "internal error", violations: [] },
      trace_id: response.headers.get("x-trace-id"),
    });
    expect(lines.map(({ message }) => message)).toContain("a request could not be answered");
    expect(await lives(url)).toBe(true);
  });

  it("rejects is answered by the server", async () => {
    const door: Door = {
      name: "broken",
      open: () => ({
        routes: [{ match: "prefix", path: "/broken/", label: "/broken/*" }],
        handler: { kind: "exchange", handle: () => Promise.reject(new Error("boom")) },
      }),
    };
    const { url } = await start({ doors: [door] });
    expect((await fetch(`${url}/broken/by/itself`)).status).toBe(500);
  });
});
