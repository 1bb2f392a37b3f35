import { ActionError, createContextKey, silentLogger } from "botwire";
import { fromJsonString } from "botwire/codec";
import { JobResultSchema } from "botwire/gen/actions/bot/action/v1/job.js";
import { createJobs, type JobStore, type JobsOptions, memoryJobStore } from "botwire/jobs";
import { createBotTable, credential, standardWebhooksSignature } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { verdict } from "../security/verify.ts";
import { keepLog, post, start } from "../server/start.ts";
import { startReceiver } from "./callback-receiver.ts";
import { slowBot } from "./slow-bot.ts";

const secret = `whsec_${btoa("a secret of tests, 32 bytes long")}`;

/** A handler that ends when it is told to. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** What is in a store of whatever state but dead. */
function left(store: JobStore) {
  const claim = (state: "running" | "delivering") => store.claim(state, "", Infinity, Infinity, 10);
  return [claim("running"), claim("delivering")].flat();
}

async function serve(
  handler: Parameters<typeof slowBot>[0],
  options: Partial<JobsOptions> = {},
  idempotency?: Parameters<typeof slowBot>[1],
  log = silentLogger,
) {
  const receiver = await startReceiver();
  const store = options.store ?? memoryJobStore();
  const jobs = createJobs({
    callback: { url: receiver.url, secret },
    store,
    waitMs: 30,
    pollMs: 10,
    retryDelaysMs: [10, 10],
    closeMs: 50,
    ...options,
  });
  const { url, server } = await start({ bot: slowBot(handler, idempotency), jobs, log });
  const callback = async (body: object) =>
    (await post(`${url}/coze_callback`, { action: "slow", ...body })).json();
  return { receiver, jobs, store, url, server, callback };
}

describe("an asynchronous action", () => {
  it("answers at once if it is quick", async () => {
    const { callback, receiver, store } = await serve(({ text }) => ({ text: `${text}!` }));
    expect(await callback({ parameters: { text: "早安" } })).toMatchObject({
      status: "success",
      data: { text: "早安!" },
    });
    expect(left(store)).toEqual([]);
    expect(receiver.deliveries).toEqual([]);
  });

  it("fails at once if it is quick", async () => {
    const { callback, receiver } = await serve(() => {
      throw new ActionError("not_found", "no such note");
    });
    expect(await callback({})).toMatchObject({ status: "error", error: { code: "not_found" } });
    expect(receiver.deliveries).toEqual([]);
  });

  it("gives a receipt if it takes longer, and sends the result, signed", async () => {
    const { opened, open } = gate();
    const { callback, receiver, url } = await serve(async ({ text }, { userId, locale, door }) => {
      await opened;
      return { text: `${text} ${userId} ${locale} ${door}` };
    });
    const caller = { bot_id: "b", user_id: "ann", locale: "fr", conversation_id: "c" };
    const accepted = await callback({ ...caller, parameters: { text: "早安" } });
    expect(accepted).toEqual({
      status: "accepted",
      receipt: {
        job_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        message: "the action has started; its result will be sent later",
      },
      trace_id: expect.any(String),
    });
    const tool = await (await post(`${url}/actions/slow`, { text: "x" })).json();
    expect(tool).toEqual({ receipt: { job_id: expect.any(String), message: expect.any(String) } });
    open();
    await expect.poll(() => receiver.deliveries.length).toBe(2);
    const delivery = receiver.deliveries.find(
      ({ json }) => json["job_id"] === accepted.receipt.job_id,
    );
    expect(delivery?.json).toEqual({
      job_id: accepted.receipt.job_id,
      action: "slow",
      status: "success",
      data: { text: "早安 ann fr jobs" },
      trace_id: accepted.trace_id,
      bot_id: "b",
      user_id: "ann",
      conversation_id: "c",
      connector_id: "",
      event_id: "",
    });
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(delivery?.headers ?? {})) {
      headers[name] = String(value);
    }
    const text = delivery?.text ?? "";
    expect(await verdict(standardWebhooksSignature, secret, headers, text)).toBe("valid");
    expect(headers["webhook-id"]).toBe(accepted.receipt.job_id);
    // The contract of the callback says the same.
    expect(fromJsonString(JobResultSchema, text)).toMatchObject({
      status: "success",
      data: { text: "早安 ann fr jobs" },
    });
  });

  it("sends failures as well, without what only the log may see", async () => {
    const { opened, open } = gate();
    const { callback, receiver } = await serve(async () => {
      await opened;
      throw new Error("password: hunter2");
    });
    await callback({});
    open();
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    expect(receiver.deliveries[0]?.json).toMatchObject({
      status: "error",
      error: { code: "internal", message: "internal error", violations: [] },
    });
  });

  it("refuses what is malformed before it becomes a job", async () => {
    const { callback, store } = await serve(() => new Promise(() => {}));
    expect(await callback({ parameters: { text: "bad" } })).toMatchObject({
      status: "error",
      error: { code: "invalid_argument" },
    });
    expect(left(store)).toEqual([]);
  });

  it("has its own deadline, not that of the door", async () => {
    const { callback, receiver } = await serve(
      (_, { signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      { deadlineMs: 100 },
    );
    expect(await callback({})).toMatchObject({ status: "accepted" });
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    expect(receiver.deliveries[0]?.json).toMatchObject({ error: { code: "deadline_exceeded" } });
  });

  it("has the credentials of its bot", async () => {
    const { opened, open } = gate();
    const token = createContextKey("none");
    const bots = createBotTable([
      { botId: "b", actions: ["*"], credentials: [credential(token, "t-1")] },
    ]);
    const { callback, receiver } = await serve(
      async (_, context) => {
        await opened;
        return { text: context.get(token) };
      },
      { bots },
    );
    await callback({ bot_id: "b" });
    open();
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    expect(receiver.deliveries[0]?.json).toMatchObject({ data: { text: "t-1" } });
  });

  it("is not turned away when it runs, having been let in before", async () => {
    const receiver = await startReceiver();
    const jobs = createJobs({
      callback: { url: receiver.url, secret },
      store: memoryJobStore(),
      waitMs: 10,
    });
    const { opened, open } = gate();
    const bot = slowBot(() => opened.then(() => ({ text: "done" })));
    const { url } = await start({ bot, jobs, overload: { maxInFlight: 1 } });
    const accepted = await post(`${url}/coze_callback`, { action: "slow" });
    expect(await accepted.json()).toMatchObject({ status: "accepted" });
    open();
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    expect(receiver.deliveries[0]?.json).toMatchObject({ data: { text: "done" } });
  });

  it("leaves others alone", async () => {
    const { url } = await serve(() => new Promise(() => {}));
    expect(await (await post(`${url}/actions/quick`, { text: "a" })).json()).toEqual({ text: "a" });
  });

  it("is turned away when too many wait", async () => {
    const { opened, open } = gate();
    const { callback, receiver } = await serve(() => opened.then(() => ({})), {
      concurrency: 1,
      maxQueued: 1,
    });
    expect(await callback({})).toMatchObject({ status: "accepted" });
    expect(await callback({})).toMatchObject({ status: "accepted" });
    expect(await callback({})).toMatchObject({ status: "error", error: { code: "unavailable" } });
    open();
    await expect.poll(() => receiver.deliveries.length).toBe(2);
  });
});

describe("the delivery of a result", () => {
  it("is tried again, and forgotten when it was taken", async () => {
    const { opened, open } = gate();
    const delays = { retryDelaysMs: [100, 100, 100] };
    const { callback, receiver, jobs, store } = await serve(() => opened.then(() => ({})), delays);
    receiver.answer(500);
    const { receipt } = await callback({});
    open();
    await expect.poll(() => receiver.deliveries.length).toBeGreaterThanOrEqual(1);
    receiver.answer(204);
    await expect.poll(() => store.get(receipt.job_id)).toBeUndefined();
    const ids = new Set(receiver.deliveries.map(({ headers }) => headers["webhook-id"]));
    expect(ids.size).toBe(1);
    expect(await jobs.deadLetters()).toEqual([]);
  });

  it("waits as long as the receiver asks", async () => {
    const { opened, open } = gate();
    const { callback, receiver } = await serve(() => opened.then(() => ({})));
    receiver.answer(429, { "retry-after": "1" });
    await callback({});
    open();
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    const first = Date.now();
    receiver.answer(200);
    await expect.poll(() => receiver.deliveries.length, { timeout: 4000 }).toBe(2);
    expect(Date.now() - first).toBeGreaterThan(800);
  });

  it.each([
    ["nobody takes it in time", 500, {}, 3, "HTTP 500"],
    ["the receiver is gone for good", 410, {}, 1, "HTTP 410"],
    ["it is sent elsewhere", 307, { location: "http://169.254.169.254/" }, 3, "HTTP 307"],
  ])("is a dead letter if %s", async (_, status, headers, attempts, lastError) => {
    const { opened, open } = gate();
    const { log, lines } = keepLog();
    const served = await serve(() => opened.then(() => ({ text: "done" })), {}, undefined, log);
    const { callback, receiver, jobs } = served;
    receiver.answer(status, { ...headers });
    const { receipt, trace_id } = await callback({ bot_id: "b", user_id: "ann" });
    open();
    await expect.poll(() => jobs.deadLetters()).toHaveLength(1);
    const [letter] = await jobs.deadLetters();
    expect(letter).toMatchObject({
      jobId: receipt.job_id,
      action: "slow",
      botId: "b",
      userId: "ann",
      traceId: trace_id,
      attempts,
      lastError,
    });
    expect(letter?.result).toBe(receiver.deliveries[0]?.text);
    expect(lines.map(({ message }) => message)).toContain(
      "a result could not be delivered and is a dead letter now",
    );

    receiver.answer(200);
    expect(await jobs.redeliver("unknown")).toBe(false);
    expect(await jobs.redeliver(receipt.job_id)).toBe(true);
    await expect.poll(() => receiver.deliveries.length).toBe(attempts + 1);
    await expect.poll(() => jobs.deadLetters()).toEqual([]);
    expect(await jobs.discard(receipt.job_id)).toBe(false);
  });

  it("goes where its job says, or nowhere", async () => {
    const { opened, open } = gate();
    const other = await startReceiver();
    const { callback, jobs } = await serve(() => opened.then(() => ({})), {
      callback: ({ caller }) => (caller.botId === "known" ? { url: other.url, secret } : undefined),
    });
    await callback({ bot_id: "known" });
    const { receipt } = await callback({ bot_id: "stranger" });
    open();
    await expect.poll(() => other.deliveries.length).toBe(1);
    await expect
      .poll(() => jobs.deadLetters())
      .toMatchObject([{ jobId: receipt.job_id, lastError: "there is no callback for this job" }]);
    expect(await jobs.discard(receipt.job_id)).toBe(true);
    expect(await jobs.deadLetters()).toEqual([]);
  });

  it("survives a receiver that is not there", async () => {
    const { opened, open } = gate();
    const { callback, jobs } = await serve(() => opened.then(() => ({})), {
      callback: { url: "http://127.0.0.1:1/", secret },
    });
    await callback({});
    open();
    await expect
      .poll(() => jobs.deadLetters())
      .toMatchObject([{ attempts: 3, lastError: expect.stringMatching(/^fetch failed|bad port/) }]);
  });
});

describe("jobs of a server that stopped", () => {
  it.each([
    ["idempotent", { status: "success", data: { text: "again" } }],
    ["no_side_effects", { status: "success", data: { text: "again" } }],
    ["unspecified", { status: "error", error: { code: "aborted" } }],
    ["not_idempotent", { status: "error", error: { code: "aborted" } }],
  ] as const)("are run again if they may be: %s", async (idempotency, result) => {
    const store = shared();
    const first = await serve(() => new Promise(() => {}), { store }, idempotency);
    const { receipt } = await first.callback({ parameters: { text: "again" } });
    await first.server.close();
    expect(first.receiver.deliveries).toEqual([]);

    const second = await serve(({ text }) => ({ text }), { store }, idempotency);
    await expect.poll(() => second.receiver.deliveries.length).toBe(1);
    expect(second.receiver.deliveries[0]?.json).toMatchObject({
      job_id: receipt.job_id,
      ...result,
    });
  });

  it("are run if they had not begun, whatever they are", async () => {
    const store = shared();
    const first = await serve(() => new Promise(() => {}), { store, concurrency: 1 });
    await first.callback({ parameters: { text: "one" } });
    await first.callback({ parameters: { text: "two" } });
    await first.server.close();
    const second = await serve(({ text }) => ({ text }), { store });
    await expect.poll(() => second.receiver.deliveries.length).toBe(2);
    const results = second.receiver.deliveries.map(({ json }) => json["data"] ?? json["error"]);
    expect(results).toContainEqual({ text: "two" });
    expect(results).toContainEqual(expect.objectContaining({ code: "aborted" }));
  });

  it("are finished while it stops, if they are nearly done", async () => {
    const { opened, open } = gate();
    const { callback, receiver, server } = await serve(() => opened.then(() => ({ text: "x" })), {
      closeMs: 2000,
    });
    await callback({});
    const closed = server.close();
    setTimeout(open, 50);
    await closed;
    expect(receiver.deliveries.map(({ json }) => json["status"])).toEqual(["success"]);
  });

  /** A store that several servers have, one after the other. */
  function shared(): JobStore {
    return memoryJobStore();
  }
});

describe("createJobs", () => {
  const callback = { url: "http://127.0.0.1/", secret };
  it.each([
    [{ waitMs: -1 }, "createJobs: waitMs must be an integer of 0 or more, not -1"],
    [{ concurrency: 0 }, "createJobs: concurrency must be an integer of 1 or more, not 0"],
    [{ pollMs: 1.5 }, "createJobs: pollMs must be an integer of 1 or more, not 1.5"],
  ])("refuses the options %j", (options, message) => {
    expect(() => createJobs({ callback, store: memoryJobStore(), ...options })).toThrow(message);
  });

  it("makes jobs for one server", async () => {
    const jobs = createJobs({ callback, store: memoryJobStore() });
    const bot = slowBot((request) => request);
    await start({ bot, jobs });
    await expect(start({ bot, jobs })).rejects.toThrow("give each server jobs of its own");
  });
});
