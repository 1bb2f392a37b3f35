import { ActionError, silentLogger } from "botwire";
import { type IdempotencyOptions, idempotency, type ReplayStore } from "botwire/middleware";
import { describe, expect, it } from "vitest";
import { keepLog, post, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";

/** A server whose action counts how often it ran. */
async function countingServer(
  options: IdempotencyOptions = {},
  echo: () => unknown = () => undefined,
  log = silentLogger,
) {
  let runs = 0;
  const bot = noteBot({
    echo: async ({ text, child }) => {
      runs++;
      await echo();
      return { text: `${text} ${runs}`, ...(child && { child }) };
    },
  });
  const { url } = await start({
    bot,
    log,
    middleware: [idempotency(options)],
    defaults: { deadlineMs: 300 },
  });
  const call = async (body: unknown, key?: string, headers: Record<string, string> = {}) => {
    const response = await post(`${url}/actions/echo`, body, {
      ...headers,
      ...(key !== undefined && { "idempotency-key": key }),
    });
    return {
      status: response.status,
      replayed: response.headers.get("idempotent-replayed"),
      retryAfter: response.headers.get("retry-after"),
      json: await response.json(),
    };
  };
  return { url, call, runs: () => runs };
}

describe("idempotency", () => {
  it("gives the stored answer to the same call, and marks it", async () => {
    const { call, runs } = await countingServer();
    const body = { text: "早安", child: { text: "inner" } };
    const first = await call(body, "k-1");
    const second = await call(body, '"k-1"');
    expect(first).toMatchObject({ replayed: null, json: { text: "早安 1", child: body.child } });
    expect(second).toMatchObject({ replayed: "true", json: first.json });
    expect(runs()).toBe(1);
  });

  it("takes requests for the same that mean the same", async () => {
    const { call, runs } = await countingServer();
    await call('{"text":"a","note_count":2}', "k");
    const again = await call('{ "noteCount": 2.0, "text": "\\u0061" }', "k");
    expect([again.replayed, runs()]).toEqual(["true", 1]);
  });

  it("refuses another request with the same key", async () => {
    const { call, runs } = await countingServer();
    await call({ text: "a" }, "k");
    const other = await call({ text: "b" }, "k");
    expect(other.json).toEqual({
      error: {
        code: "invalid_argument",
        message: "the idempotency key was used before, with another request: use a new key",
        violations: [],
      },
    });
    expect(runs()).toBe(1);
  });

  it("keeps the keys of callers apart", async () => {
    const { call, runs } = await countingServer();
    await call({ text: "a" }, "k", { "x-aiplugin-connector-identifier": "ann" });
    await call({ text: "b" }, "k", { "x-aiplugin-connector-identifier": "bob" });
    expect(runs()).toBe(2);
  });

  it("refuses a repetition while the first call runs", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { call, runs } = await countingServer({}, () => promise);
    const first = call({ text: "a" }, "k");
    await expect.poll(runs).toBe(1);
    const second = await call({ text: "a" }, "k");
    expect(second).toMatchObject({ retryAfter: "1", json: { error: { code: "aborted" } } });
    resolve();
    expect((await first).json).toEqual({ text: "a 1" });
    expect((await call({ text: "a" }, "k")).replayed).toBe("true");
  });

  it("runs again what failed", async () => {
    let fail = true;
    const { call, runs } = await countingServer({}, () => {
      if (fail) {
        throw new ActionError("unavailable", "try again");
      }
    });
    expect((await call({ text: "a" }, "k")).json).toMatchObject({ error: { code: "unavailable" } });
    fail = false;
    expect((await call({ text: "a" }, "k")).json).toEqual({ text: "a 2" });
    expect(runs()).toBe(2);
  });

  it("does not run again, for a while, what may still be running", async () => {
    const { call, runs } = await countingServer({ leaseMs: 600 }, () =>
      runs() === 1 ? new Promise(() => {}) : undefined,
    );
    expect((await call({}, "k")).json).toMatchObject({ error: { code: "deadline_exceeded" } });
    expect((await call({}, "k")).json).toMatchObject({ error: { code: "aborted" } });
    await expect.poll(async () => (await call({}, "k")).json).toEqual({ text: " 2" });
  });

  it("keeps what was answered after the caller had been told that time ran out", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { call, runs } = await countingServer({}, () => promise);
    expect((await call({ text: "a" }, "k")).json).toMatchObject({
      error: { code: "deadline_exceeded" },
    });
    resolve();
    await expect
      .poll(async () => call({ text: "a" }, "k"))
      .toMatchObject({ replayed: "true", json: { text: "a 1" } });
    expect(runs()).toBe(1);
  });

  it("leases a key for longer than the call may take", async () => {
    const leases: number[] = [];
    const store: ReplayStore = {
      claim(_, ttlMs) {
        leases.push(ttlMs);
        return { fresh: true, settle() {}, release() {} };
      },
    };
    const { call } = await countingServer({ store, leaseMs: 1000 });
    await call({ text: "a" }, "k");
    expect(leases[0]).toBeGreaterThan(1100);
    expect(leases[0]).toBeLessThanOrEqual(1300);
  });

  it("gives nothing of a known caller to one who only says to be the same", async () => {
    let runs = 0;
    const bot = noteBot({ echo: () => ({ text: `${++runs}` }) });
    const { url } = await start({
      bot,
      middleware: [idempotency()],
      hooks: [
        {
          onRequestStart(context) {
            context.userId = "ann";
            context.authenticated = context.headers.get("x-proof") === "good";
          },
        },
      ],
    });
    const call = async (headers: Record<string, string>) =>
      (await post(`${url}/actions/echo`, {}, { "idempotency-key": "k", ...headers })).json();
    expect(await call({ "x-proof": "good" })).toEqual({ text: "1" });
    expect(await call({})).toEqual({ text: "2" });
    expect(await call({ "x-proof": "good" })).toEqual({ text: "1" });
  });

  it("takes no key for a malformed request", async () => {
    const { call } = await countingServer();
    expect((await call({ zone: 1 }, "k")).json).toMatchObject({
      error: { code: "invalid_argument" },
    });
    expect((await call({ text: "a" }, "k")).json).toEqual({ text: "a 1" });
  });

  it.each([[""], ["k".repeat(256)]])("refuses the key %j", async (key) => {
    const { call, runs } = await countingServer({ key: () => key });
    expect((await call({})).json).toMatchObject({ error: { code: "invalid_argument" } });
    expect(runs()).toBe(0);
  });

  it("leaves calls without a key alone, unless one is required", async () => {
    const free = await countingServer();
    await free.call({ text: "a" });
    await free.call({ text: "a" });
    expect(free.runs()).toBe(2);
    const strict = await countingServer({ required: true });
    expect(await strict.call({ text: "a" })).toMatchObject({
      status: 400,
      json: { error: { message: "the idempotency-key header is missing" } },
    });
  });

  it("lets streams pass", async () => {
    const { url } = await countingServer();
    const stream = () =>
      post(
        `${url}/actions/repeat`,
        { note_count: 2 },
        { accept: "text/event-stream", "idempotency-key": "k" },
      ).then((response) => response.text());
    const messages = 'data: {"text":" 1"}\n\ndata: {"text":" 2"}\n\n';
    expect(await stream()).toContain(messages);
    expect(await stream()).toContain(messages);
  });

  it("runs nothing while nobody knows what ran before", async () => {
    const store: ReplayStore = { claim: () => Promise.reject(new Error("down")) };
    const { call, runs } = await countingServer({ store });
    expect((await call({}, "k")).json).toMatchObject({ error: { code: "unavailable" } });
    expect(runs()).toBe(0);
  });

  it("answers all the same if the answer cannot be stored", async () => {
    const { log, lines } = keepLog();
    const fails = () => Promise.reject(new Error("down"));
    const store: ReplayStore = { claim: () => ({ fresh: true, settle: fails, release: fails }) };
    const { call } = await countingServer({ store }, undefined, log);
    expect((await call({ text: "a" }, "k")).json).toEqual({ text: "a 1" });
    expect(lines.map(({ message }) => message)).toContain("the store of idempotency keys failed");
  });
});
