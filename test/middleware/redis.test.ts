import { idempotency } from "botwire/middleware";
import { rateLimit } from "botwire/rate-limit";
import { redisReplayStore } from "botwire/redis";
import { createClient } from "redis";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { describeWith } from "../interop/tools.ts";
import { type RunningRedis, redisServer, startRedis } from "../security/redis-server.ts";
import { keepLog, post, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";

await describeWith([redisServer], "several machines with one Redis", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  async function connect(url = redis.url) {
    const client = createClient({ url });
    client.on("error", () => {});
    await client.connect();
    onTestFinished(() => client.destroy());
    return client;
  }

  it("count calls together", async () => {
    const machines = await Promise.all(
      [1, 2].map(async () =>
        start({ middleware: [rateLimit({ limit: 5, redis: await connect() })] }),
      ),
    );
    const responses = await Promise.all(
      Array.from({ length: 12 }, (_, i) => post(`${machines[i % 2]?.url}/actions/echo`, {})),
    );
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(5).fill(200), ...Array(7).fill(429)]);
    const waits = responses
      .filter(({ status }) => status === 429)
      .map(({ headers }) => Number(headers.get("retry-after")));
    expect(Math.min(...waits)).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
  });

  it("count each for itself while Redis is gone, and say so", async () => {
    const own = await startRedis();
    const client = await connect(own.url);
    const { log, lines } = keepLog();
    const limit = rateLimit({ limit: 2, redis: client, prefix: "gone" });
    const { url } = await start({ log, middleware: [limit] });
    await own.stop();
    await expect.poll(() => client.isReady).toBe(false);
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) {
      statuses.push((await post(`${url}/actions/echo`, {})).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    expect(lines.map(({ message }) => message)).toContain(
      "Redis does not count calls, so this process does",
    );
  });

  it("count each for itself while Redis hangs", async () => {
    const own = await startRedis();
    onTestFinished(() => own.stop());
    const { log, lines } = keepLog();
    const limit = rateLimit({ limit: 1, redis: await connect(own.url), prefix: "hung" });
    const { url } = await start({ log, middleware: [limit] });
    own.pause();
    const statuses: number[] = [];
    for (let i = 0; i < 2; i++) {
      statuses.push((await post(`${url}/actions/echo`, {})).status);
    }
    expect(statuses).toEqual([200, 429]);
    expect(lines.map(({ message }) => message)).toContain(
      "Redis does not count calls, so this process does",
    );
  });

  it("run a call once", async () => {
    let runs = 0;
    const bot = noteBot({ echo: ({ text }) => ({ text: `${text} ${++runs}` }) });
    const machine = async () =>
      start({
        bot,
        middleware: [idempotency({ store: redisReplayStore({ client: await connect() }) })],
      });
    const [one, two] = [await machine(), await machine()];
    const call = async (url: string) =>
      (await post(`${url}/actions/echo`, { text: "早安" }, { "idempotency-key": "k" })).json();
    expect(await call(one.url)).toEqual({ text: "早安 1" });
    expect(await call(two.url)).toEqual({ text: "早安 1" });
    expect(runs).toBe(1);
  });
});
