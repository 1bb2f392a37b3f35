import { type Middleware, silentLogger } from "botwire";
import { createJobs, memoryJobStore } from "botwire/jobs";
import { idempotency } from "botwire/middleware";
import { rateLimit } from "botwire/rate-limit";
import { resilience } from "botwire/resilience";
import { scanContent } from "botwire/scan";
import { describe, expect, it } from "vitest";
import { fakeScanner } from "../scan/fake-scanner.ts";
import { post, start } from "../server/start.ts";
import { startReceiver } from "./callback-receiver.ts";
import { slowBot } from "./slow-bot.ts";

/** A server whose asynchronous action takes longer than callers wait. */
async function serve(middleware: readonly Middleware[], takesMs = 60) {
  const receiver = await startReceiver();
  let runs = 0;
  const bot = slowBot(async ({ text }) => {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    return { text: `${text} ${runs}` };
  });
  const jobs = createJobs({
    callback: { url: receiver.url, secret: btoa("secret") },
    store: memoryJobStore(),
    waitMs: 20,
    pollMs: 10,
  });
  const { url } = await start({ bot, jobs, middleware, log: silentLogger });
  const call = async (body: object, headers: Record<string, string> = {}) => {
    const response = await post(`${url}/coze_callback`, { action: "slow", ...body }, headers);
    return { replayed: response.headers.get("idempotent-replayed"), json: await response.json() };
  };
  return { call, receiver, url, runs: () => runs };
}

describe("a job behind ready middleware", () => {
  it("is asked for once with one key, whoever repeats it gets its receipt", async () => {
    const { call, receiver, runs, url } = await serve([idempotency({ required: true })]);
    const headers = { "idempotency-key": "k" };
    const first = await call({ parameters: { text: "a" } }, headers);
    expect(first).toMatchObject({ replayed: null, json: { status: "accepted" } });
    const second = await call({ parameters: { text: "a" } }, headers);
    expect(second).toMatchObject({ replayed: "true", json: { receipt: first.json.receipt } });
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    expect(receiver.deliveries[0]?.json).toMatchObject({ status: "success" });
    expect(runs()).toBe(1);
    // Another action has keys of its own.
    expect(await (await post(`${url}/actions/quick`, { text: "q" }, headers)).json()).toEqual({
      text: "q",
    });
  });

  it("does not take its own key for that of another call", async () => {
    const key = ({ eventId }: { eventId: string }) => eventId || undefined;
    const { call, receiver } = await serve([idempotency({ key })]);
    await call({ event_id: "e-1", parameters: { text: "a" } });
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    expect(receiver.deliveries[0]?.json).toMatchObject({ data: { text: "a 1" } });
  });

  it("counts once against a limit", async () => {
    const { call, receiver } = await serve([rateLimit({ limit: 2 })]);
    expect((await call({})).json).toMatchObject({ status: "accepted" });
    expect((await call({})).json).toMatchObject({ status: "accepted" });
    await expect.poll(() => receiver.deliveries.length).toBe(2);
    expect(receiver.deliveries.map(({ json }) => json["status"])).toEqual(["success", "success"]);
  });

  it("is scanned once", async () => {
    const scanner = fakeScanner();
    const { call, receiver } = await serve([scanContent({ scanner, fields: ["text"] })]);
    await call({ parameters: { text: "a" } });
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    expect(scanner.scans).toHaveLength(1);
  });

  it("does not stand in the way of itself at a bulkhead", async () => {
    const { middleware } = resilience({ bulkhead: { maxInFlight: 1 } });
    const { call, receiver } = await serve([middleware]);
    expect((await call({ parameters: { text: "a" } })).json).toMatchObject({ status: "accepted" });
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    expect(receiver.deliveries[0]?.json).toMatchObject({ data: { text: "a 1" } });
  });
});
