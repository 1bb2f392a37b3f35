import http from "node:http";
import { silentLogger } from "botwire";
import { createBotServer } from "botwire/node";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { describe, expect, it, onTestFinished } from "vitest";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, rawPost } from "./raw.ts";
import { keepLog, openDoors, post, start } from "./start.ts";

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A bot whose calls wait until they are released. */
function waitingBot() {
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const bot = noteBot({
    async echo(request) {
      started.resolve();
      await release.promise;
      return request;
    },
  });
  return { bot, started: started.promise, release: release.resolve };
}

function make() {
  return createBotServer({
    actions: [noteBot()],
    doors: openDoors,
    log: silentLogger,
    ownsProcess: false,
  });
}

describe("listening", () => {
  it("on port 0 finds a free one", async () => {
    const { server, url, port } = await start();
    expect(port).toBeGreaterThan(0);
    expect(server.address).toEqual({ host: "127.0.0.1", port, url });
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it("without a host is on every address", async () => {
    const server = make();
    onTestFinished(() => server.close());
    const { url, port } = await server.listen({ port: 0 });
    expect(url).toBe(`http://localhost:${port}`);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
  });

  it("on a taken port fails with its number and the mend, and can be tried again", async () => {
    const { port } = await start();
    const server = make();
    onTestFinished(() => server.close());
    await expect(server.listen({ port, host: "127.0.0.1" })).rejects.toThrow(
      `port ${port} of "127.0.0.1" is taken: stop the program that listens there, or choose another port (0 picks a free one)`,
    );
    expect(server.address).toBeUndefined();
    expect((await server.listen({ port: 0 })).port).toBeGreaterThan(0);
  });

  it.each([
    [-1, "-1 is no port"],
    [65_536, "65536 is no port"],
    [80.5, "80.5 is no port"],
    [Number.NaN, "NaN is no port: give an integer from 0 to 65535, 0 picks a free one"],
  ])("on port %d fails", async (port, message) => {
    await expect(make().listen({ port })).rejects.toThrow(message);
  });

  it("on an address of another machine fails", async () => {
    await expect(make().listen({ port: 0, host: "192.0.2.1" })).rejects.toThrow(
      '"192.0.2.1" is no address of this machine',
    );
  });

  it("twice, or after closing, fails", async () => {
    const { server } = await start();
    await expect(server.listen({ port: 0 })).rejects.toThrow("the server is listening already");
    await server.close();
    await expect(server.listen({ port: 0 })).rejects.toThrow("the server is closed already");
  });
});

describe("closing", () => {
  it("finishes what is in flight, and closes the connection then", async () => {
    const { bot, started, release } = waitingBot();
    const { server, port } = await start({ bot });
    const { socket, closed } = connect(port);
    socket.write(rawPost("/actions/echo", '{"text":"finished"}'));
    await started;
    const closing = server.close();
    await sleep(50);
    release();
    const answer = await closed;
    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer).toContain('{"text":"finished"}');
    await closing;
    expect(server.address).toBeUndefined();
  });

  it("closes idle connections at once, and takes no new ones", async () => {
    const { server, port } = await start({ shutdownMs: 10_000 });
    const agent = new http.Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    await new Promise((resolve) => {
      http.get({ port, host: "127.0.0.1", path: "/livez", agent }, (response) =>
        response.resume().on("end", resolve),
      );
    });
    const silent = connect(port);
    await sleep(20);
    const before = Date.now();
    await server.close();
    expect(Date.now() - before).toBeLessThan(1000);
    expect(await silent.closed).toBe("");
    await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow();
  });

  it("turns /readyz off at once, but answers on open connections", async () => {
    const { bot, started, release } = waitingBot();
    const { server, url } = await start({ bot, shutdownDelayMs: 100 });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: "ready", checks: {} });
    const call = post(`${url}/actions/echo`, { text: "in flight" });
    await started;
    const closing = server.close();
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: "shutting down" });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    release();
    expect((await call).status).toBe(200);
    await closing;
  });

  it("finishes streams", async () => {
    const bot = noteBot({
      async *repeat() {
        for (let i = 0; i < 5; i++) {
          yield { text: `${i}` };
          await sleep(20);
        }
      },
    });
    const { server, url } = await start({ bot });
    const response = await post(`${url}/actions/repeat`, {}, { accept: "text/event-stream" });
    const closing = server.close();
    expect(await response.text()).toContain("event: done");
    await closing;
  });

  it("cuts off what takes too long, and tells its handler", async () => {
    const { log, lines } = keepLog();
    const aborted = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const bot = noteBot({
      echo(request, { signal }) {
        started.resolve();
        return new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            aborted.resolve();
            resolve(request);
          });
        });
      },
    });
    const { server, port } = await start({ bot, log, shutdownMs: 100 });
    const { socket, closed } = connect(port);
    socket.write(rawPost("/actions/echo", "{}"));
    await started.promise;
    const before = Date.now();
    await server.close();
    expect(Date.now() - before).toBeLessThan(1000);
    expect(await closed).toBe("");
    await aborted.promise;
    expect(lines).toContainEqual({
      level: "warn",
      message: "the shutdown cut off what was in flight",
      fields: { after_ms: 100 },
    });
  });

  it("lets a slow reader have the whole of an answer", async () => {
    const text = "x".repeat(8_000_000);
    const bot = noteBot({ echo: () => ({ text }) });
    const { server, port } = await start({ bot, shutdownMs: 5000 });
    const { socket, closed, until } = connect(port);
    socket.write(rawPost("/actions/echo", "{}"));
    await until("HTTP/1.1 200");
    socket.pause();
    const closing = server.close();
    await sleep(100);
    socket.resume();
    const answer = await closed;
    expect(answer.length).toBeGreaterThan(text.length);
    await closing;
  });

  it("can be asked for twice, and before listening", async () => {
    const { server } = await start();
    expect(server.close()).toBe(server.close());
    await make().close();
  });

  it("closes the doors after the last answer", async () => {
    const order: string[] = [];
    const started = Promise.withResolvers<void>();
    const bot = noteBot({
      async echo(request) {
        started.resolve();
        await sleep(50);
        order.push("answered");
        return request;
      },
    });
    const { server, url } = await start({
      bot,
      doors: [
        ...openDoors,
        {
          name: "other",
          open: () => ({
            routes: [{ match: "exact", path: "/other", label: "/other" }],
            handler: { kind: "exchange", handle: () => Promise.reject(new Error("unused")) },
            close: () => void order.push("door closed"),
          }),
        },
      ],
    });
    const call = post(`${url}/actions/echo`, {});
    await started.promise;
    await server.close();
    expect((await call).status).toBe(200);
    expect(order).toEqual(["answered", "door closed"]);
  });
});

describe("a server refuses to start", () => {
  const make =
    (...doors: Parameters<typeof createBotServer>[0]["doors"]) =>
    () =>
      createBotServer({ actions: [noteBot()], doors, log: silentLogger });

  it("without the secret of a door", () => {
    expect(make(callbackDoor({ secret: undefined }))).toThrow(
      "callback door: secret is not set: set it, or say unsigned: true to let everyone call",
    );
    expect(make(toolDoor({ apiKey: [] }))).toThrow("tool door: apiKey is not set");
    expect(make(toolDoor({}))).toThrow("tool door: apiKey is not set");
  });

  it("with an empty secret, or one that would not be looked at", () => {
    expect(make(callbackDoor({ secret: "" }))).toThrow("callback door: secret is empty");
    expect(make(toolDoor({ apiKey: ["k", ""] }))).toThrow("tool door: apiKey is empty");
    expect(make(callbackDoor({ secret: "s", unsigned: true }))).toThrow(
      "callback door: give either secret or unsigned: true, not both",
    );
  });

  it("with two doors of one path", () => {
    const a = callbackDoor({ unsigned: true });
    expect(make(a, a)).toThrow(
      'two callback doors claim the path "/coze_callback": give one of them another',
    );
    const own = callbackDoor({ unsigned: true, path: "/livez" });
    expect(make(own)).toThrow(
      'the doors callback and health claim the path "/livez": give one of them another',
    );
  });

  it("with a door that Node cannot serve", () => {
    const door = {
      name: "edge",
      open: () => ({ routes: [], handler: { kind: "native" as const } }),
    };
    expect(make(door)).toThrow("the edge door cannot be served through node:http");
  });

  it("with two actions of one name", () => {
    const actions = [noteBot(), noteBot()];
    expect(() => createBotServer({ actions, doors: [], log: silentLogger })).toThrow(
      "the actions of a server need names of their own",
    );
  });

  it("with options that cannot be", () => {
    const server = (options: object) => () =>
      createBotServer({ actions: [noteBot()], doors: [], log: silentLogger, ...options });
    expect(server({ limits: { headersTimeoutMs: 0 } })).toThrow(
      "limits.headersTimeoutMs must be an integer above 0, not 0",
    );
    expect(server({ cors: { origins: ["https://a.example/"] } })).toThrow("is not an origin");
    expect(server({ cors: { origins: "*", credentials: true } })).toThrow("list the origins");
  });

  it.each(["coze", "/coze/", "/a?b", "/a b", ""])("with the path %j", (path) => {
    expect(() => callbackDoor({ unsigned: true, path })).toThrow("is no path");
  });

  it.each([0, -1, Number.NaN])("with a budget of %d ms", (budgetMs) => {
    expect(() => callbackDoor({ unsigned: true, budgetMs })).toThrow("budgetMs must be more than");
  });
});
