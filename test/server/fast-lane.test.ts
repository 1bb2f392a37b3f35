import http from "node:http";
import { setTimeout as sleep, setImmediate as tick } from "node:timers/promises";
import { ActionError } from "botwire";
import type { Door } from "botwire/node";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { afterEach, describe, expect, it } from "vitest";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, rawPost } from "./raw.ts";
import { keepLog, start } from "./start.ts";

const echo = (text: string, headers = "") =>
  rawPost("/actions/echo", JSON.stringify({ text }), headers);
const echoed = (text: string) => `{"text":"${text}"}`;

/** The heads of the answers of the lane begin their date in lower case, those of Node don't. */
const byLane = /\r\ndate: /g;
const byNode = /\r\nDate: /g;

function answers(received: string): { readonly lane: number; readonly node: number } {
  return {
    lane: [...received.matchAll(byLane)].length,
    node: [...received.matchAll(byNode)].length,
  };
}

describe("the fast lane", () => {
  it("answers one plain request after the other on a connection", async () => {
    const { port } = await start();
    const { socket, until, received } = connect(port);
    for (const text of ["one", "two", "three"]) {
      socket.write(echo(text));
      await until(echoed(text));
    }
    expect(answers(received())).toEqual({ lane: 3, node: 0 });
    expect(received()).toMatch(
      /^HTTP\/1.1 200 OK\r\ncontent-type: application\/json\r\nx-trace-id: [0-9a-f]{32}\r\ndate: \w{3}, [^\r]+ GMT\r\nconnection: keep-alive\r\nkeep-alive: timeout=65\r\ncontent-length: \d+\r\n\r\n\{/,
    );
  });

  it("writes text beyond ASCII, and its length in bytes", async () => {
    const { port } = await start();
    const { socket, until, received } = connect(port);
    socket.write(echo("高铁🚄é"));
    await until("\r\n\r\n");
    await until("}");
    const [head = "", body = ""] = received().split("\r\n\r\n");
    expect(JSON.parse(Buffer.from(body, "latin1").toString())).toMatchObject({ text: "高铁🚄é" });
    expect(head).toContain(`content-length: ${body.length}`);
  });

  it("answers failures as every door does", async () => {
    const bot = noteBot({
      echo() {
        throw new ActionError("not_found", "no such note");
      },
    });
    const doors = [
      toolDoor({ unsigned: true, maxBodyBytes: 100 }),
      callbackDoor({ unsigned: true }),
    ];
    const { port } = await start({ bot, doors });
    const { socket, until, received } = connect(port);
    socket.write(echo("a"));
    await until("no such note");
    socket.write(echo("b".repeat(100)));
    await until("HTTP/1.1 413 Payload Too Large");
    socket.write(rawPost("/coze_callback", "{"));
    await until("HTTP/1.1 400 Bad Request");
    expect(answers(received())).toEqual({ lane: 3, node: 0 });
  });

  it("answers a door that breaks with 500", async () => {
    const broken: Door = {
      name: "broken",
      open: () => ({
        routes: [{ match: "exact", path: "/broken", label: "POST /broken" }],
        handler: { kind: "exchange", handle: () => Promise.reject(new Error("it broke")) },
      }),
    };
    const split: Door = {
      name: "split",
      open: () => ({
        routes: [{ match: "exact", path: "/split", label: "POST /split" }],
        handler: {
          kind: "exchange",
          handle: () =>
            Promise.resolve({ status: 200, headers: ["x-a", "b\r\nset-cookie: c"], body: "" }),
        },
      }),
    };
    const { log, lines } = keepLog();
    const { port } = await start({ doors: [broken, split], log });
    const { socket, until, received } = connect(port);
    socket.write(rawPost("/broken", "{}"));
    await until("HTTP/1.1 500 Internal Server Error");
    await until('"code":"internal"');
    expect(lines.some(({ fields }) => fields["error"] instanceof Error)).toBe(true);
    socket.write(rawPost("/split", "{}", "x-second: 1\r\n"));
    await until('"internal error","violations":[]},"trace_id"');
    await until("HTTP/1.1 500 Internal Server Error");
    expect(received()).not.toContain("set-cookie");
  });

  it("sends streams in chunks, and goes on after them", async () => {
    const { port } = await start();
    const { socket, until, received } = connect(port);
    const body = JSON.stringify({ text: "n", noteCount: 3 });
    socket.write(rawPost("/actions/repeat", body, "accept: text/event-stream\r\n"));
    await until("\r\n0\r\n\r\n");
    expect(received()).toContain("transfer-encoding: chunked\r\n\r\n");
    expect(received()).toMatch(/"text":"n 1".*"text":"n 3"/s);
    socket.write(echo("after"));
    await until(echoed("after"));
    expect(answers(received())).toEqual({ lane: 2, node: 0 });
  });

  it("ends a stream whose client goes away", async () => {
    let ended = () => {};
    const returned = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const bot = noteBot({
      async *repeat({ text }) {
        try {
          for (let i = 0; ; i++) {
            yield { text: `${text} ${i}` };
            await tick();
          }
        } finally {
          ended();
        }
      },
    });
    const { port } = await start({ bot });
    const { socket, until } = connect(port);
    socket.write(rawPost("/actions/repeat", '{"text":"n"}', "accept: text/event-stream\r\n"));
    await until("n 2");
    socket.destroy();
    await returned;
  });

  it("aborts a call whose client goes away", async () => {
    let aborted = () => {};
    const seen = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    let begun = () => {};
    const began = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const bot = noteBot({
      echo: (request, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            aborted();
            resolve(request);
          });
          begun();
        }),
    });
    const { port } = await start({ bot });
    for (const leave of ["destroy", "end"] as const) {
      const { socket, closed } = connect(port);
      socket.write(echo("a"));
      await began;
      socket[leave]();
      await seen;
      expect(await closed).toBe("");
    }
  });

  it("closes connections on which nothing happens, but not while a call runs", async () => {
    const bot = noteBot({
      echo: async (request) => {
        await sleep(300);
        return request;
      },
    });
    const { port } = await start({ bot, limits: { keepAliveTimeoutMs: 100 } });
    const { socket, closed } = connect(port);
    socket.write(echo("slow"));
    expect(await closed).toContain(echoed("slow"));
  });

  it("lets calls finish when the server closes, and says so", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = () => {};
    const began = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const bot = noteBot({
      async echo(request) {
        if (request.text === "slow") {
          begun();
          await finished;
        }
        return request;
      },
    });
    const { port, server } = await start({ bot, shutdownMs: 5000 });
    const idle = connect(port);
    idle.socket.write(echo("idle"));
    await idle.until(echoed("idle"));
    const busy = connect(port);
    busy.socket.write(echo("slow"));
    await began;
    const closing = server.close();
    expect(await idle.closed).toContain("connection: keep-alive");
    finish();
    expect(await busy.closed).toMatch(/\r\nconnection: close\r\n[\s\S]*"slow"\}$/);
    await closing;
  });
});

describe("Node's HTTP takes over", () => {
  it.each([
    ["a request in two pieces", 10],
    ["a request whose body comes later", echo("a").indexOf("\r\n\r\n") + 4],
  ])("%s", async (_, at) => {
    const { port } = await start();
    const { socket, until, received } = connect(port);
    socket.setNoDelay(true);
    socket.write(echo("first"));
    await until(echoed("first"));
    socket.write(echo("a").slice(0, at));
    await sleep(30);
    socket.write(echo("a").slice(at));
    await until(echoed("a"));
    socket.write(echo("third"));
    await until(echoed("third"));
    expect(answers(received())).toEqual({ lane: 1, node: 2 });
  });

  it("requests that come before the answer to the one before, in their order", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const bot = noteBot({
      async echo(request) {
        if (request.text === "one") {
          await finished;
        }
        return request;
      },
    });
    const { port } = await start({ bot });
    const { socket, until, received } = connect(port);
    socket.setNoDelay(true);
    socket.write(echo("one"));
    await sleep(30);
    socket.write(echo("two"));
    await sleep(30);
    socket.write(echo("three") + echo("four"));
    await sleep(30);
    finish();
    await until(echoed("four"));
    expect(received()).toMatch(/"one"[\s\S]*"two"[\s\S]*"three"[\s\S]*"four"/);
    expect(answers(received())).toEqual({ lane: 1, node: 3 });
  });

  it("several requests in one piece", async () => {
    const { port } = await start();
    const { socket, until, received } = connect(port);
    socket.write(echo("one") + echo("two"));
    await until(echoed("two"));
    expect(answers(received())).toEqual({ lane: 0, node: 2 });
  });

  it("other methods and paths, and closes when asked to", async () => {
    const { port } = await start();
    const { socket, until, received, closed } = connect(port);
    socket.write(echo("one"));
    await until(echoed("one"));
    socket.write("GET /livez HTTP/1.1\r\nhost: x\r\n\r\n");
    await until("Date: ");
    socket.write(rawPost("/nowhere", "{}"));
    await until("HTTP/1.1 404");
    socket.write(echo("two", "connection: close\r\n"));
    await closed;
    expect(answers(received())).toEqual({ lane: 1, node: 3 });
  });

  it("what is no HTTP after a plain request", async () => {
    const { port } = await start();
    const { socket, until, received, closed } = connect(port);
    socket.write(echo("one"));
    await until(echoed("one"));
    socket.write("POST /actions/echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n");
    socket.write("content-length: 2\r\n\r\n{}");
    await closed;
    expect(received()).toContain("HTTP/1.1 400 Bad Request\r\nconnection: close");
  });

  it("pages of other origins, where CORS allows them", async () => {
    const { port } = await start({ cors: { origins: ["https://a.example"] } });
    const { socket, until, received } = connect(port);
    socket.write(echo("one", "origin: https://a.example\r\n"));
    await until("access-control-allow-origin: https://a.example");
    expect(answers(received())).toEqual({ lane: 0, node: 1 });
  });

  it("everything, if the server is told so", async () => {
    const { port } = await start({ fastLane: false });
    const { socket, until, received } = connect(port);
    socket.write(echo("one"));
    await until(echoed("one"));
    expect(answers(received())).toEqual({ lane: 0, node: 1 });
  });

  describe("where somebody watches it", () => {
    afterEach(() => {
      Reflect.deleteProperty(http.Server.prototype, "emit");
    });

    it("by wrapping emit, as tracing libraries do", async () => {
      const seen: unknown[] = [];
      const { emit } = http.Server.prototype;
      http.Server.prototype.emit = function (this: http.Server, ...args: unknown[]) {
        seen.push(args[0]);
        return Reflect.apply(emit, this, args);
      };
      const { port } = await start();
      const { socket, until, received } = connect(port);
      socket.write(echo("one"));
      await until(echoed("one"));
      expect(answers(received())).toEqual({ lane: 0, node: 1 });
      expect(seen).toContain("request");
    });

    it("by diagnostics channels", async () => {
      const { subscribe, unsubscribe } = await import("node:diagnostics_channel");
      const seen: unknown[] = [];
      const listener = (message: unknown) => seen.push(message);
      subscribe("http.server.request.start", listener);
      const { port } = await start();
      const { socket, until, received } = connect(port);
      socket.write(echo("one"));
      await until(echoed("one"));
      unsubscribe("http.server.request.start", listener);
      expect(answers(received())).toEqual({ lane: 0, node: 1 });
      expect(seen).toHaveLength(1);
    });

    it("from the middle of a connection on", async () => {
      const { port } = await start();
      const { socket, until, received } = connect(port);
      socket.write(echo("one"));
      await until(echoed("one"));
      const { emit } = http.Server.prototype;
      http.Server.prototype.emit = function (this: http.Server, ...args: unknown[]) {
        return Reflect.apply(emit, this, args);
      };
      socket.write(echo("two"));
      await until(echoed("two"));
      expect(answers(received())).toEqual({ lane: 1, node: 1 });
    });
  });
});
