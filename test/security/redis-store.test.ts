import { silentLogger } from "botwire";
import { createBotServer } from "botwire/node";
import { redisReplayStore } from "botwire/redis";
import {
  auditStatus,
  callbackDoor,
  eventsDoor,
  type ReplayOptions,
  type ReplayStore,
} from "botwire/webhook";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { describeWith } from "../interop/tools.ts";
import { post, start } from "../server/start.ts";
import { EventPlatform } from "../webhook/event-platform.ts";
import { echoBot } from "../webhook/note-bot.ts";
import { signCallback } from "../webhook/sign-callback.ts";
import { type RunningRedis, redisServer, startRedis } from "./redis-server.ts";

await describeWith([redisServer], "a store in Redis", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  /** A client of its own, as every machine has. */
  async function connect(url = redis.url) {
    const client = createClient({ url });
    client.on("error", () => {});
    await client.connect();
    onTestFinished(() => client.destroy());
    return client;
  }

  async function machine(): Promise<ReplayStore> {
    return redisReplayStore({ client: await connect() });
  }

  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it("gives a key to one of many machines that claim it at once", async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, machine));
    for (let round = 0; round < 20; round++) {
      const claims = await Promise.all(
        stores.flatMap((store) => [
          store.claim(`race-${round}`, 5000),
          store.claim(`race-${round}`, 5000),
        ]),
      );
      expect(claims.filter(({ fresh }) => fresh)).toHaveLength(1);
    }
  });

  it("keeps a claim for its time, and no longer", async () => {
    const client = await connect();
    const store = redisReplayStore({ client, prefix: "p:" });
    expect((await store.claim("short", 60)).fresh).toBe(true);
    expect((await store.claim("short", 60)).fresh).toBe(false);
    expect(await client.pTTL("p:short")).toBeLessThanOrEqual(60);
    await sleep(80);
    expect((await store.claim("short", 60)).fresh).toBe(true);
  });

  it("leaves a value for the other machines", async () => {
    const [one, other] = [await machine(), await machine()];
    const claim = await one.claim("value", 1000);
    expect(await other.claim("value", 1000)).toEqual({ fresh: false, value: undefined });
    await (claim.fresh && claim.settle('{"a":"ä:1"}', 60_000));
    expect(await other.claim("value", 1000)).toEqual({ fresh: false, value: '{"a":"ä:1"}' });
    const client = await connect();
    expect(await client.pTTL("botwire:seen:value")).toBeGreaterThan(50_000);
  });

  it("lets nobody end the claim of another", async () => {
    const [one, other] = [await machine(), await machine()];
    const stale = await one.claim("lease", 30);
    await sleep(50);
    const claim = await other.claim("lease", 5000);
    expect(claim.fresh).toBe(true);
    await (stale.fresh && stale.release());
    await (stale.fresh && stale.settle("stale", 5000));
    expect(await one.claim("lease", 5000)).toEqual({ fresh: false, value: undefined });
    await (claim.fresh && claim.release());
    expect((await one.claim("lease", 5000)).fresh).toBe(true);
  });

  it("lets events be handled once by all machines, and answered alike", async () => {
    let handled = 0;
    const serve = async () => {
      const on = {
        botPublished() {
          handled++;
          return { audit: { auditStatus: auditStatus.rejected, reason: "没有" } };
        },
      };
      const duplicates = { store: await machine() };
      const { url } = await start({ doors: [eventsDoor({ token: "t", on, duplicates })] });
      return new EventPlatform(`${url}/coze_events`, "t");
    };
    const [one, other] = [await serve(), await serve()];
    const event = one.prepare("bot.published", "{}");
    for (const platform of [one, other, other, one]) {
      expect(await platform.send(event)).toMatchObject({
        status: 200,
        json: { audit: { audit_status: 3, reason: "没有" } },
      });
    }
    expect(handled).toBe(1);
  });

  describe("behind a callback door", () => {
    const secret = "s3cret";
    async function serve(store: ReplayStore, options: ReplayOptions = {}) {
      const server = createBotServer({
        actions: [echoBot()],
        doors: [callbackDoor({ secret, replay: { store, ...options } })],
        log: silentLogger,
        ownsProcess: false,
      });
      onTestFinished(() => server.close());
      const { url } = await server.listen({ port: 0, host: "127.0.0.1" });
      return (eventId: string) => {
        const body = JSON.stringify({ event_id: eventId, parameters: { text: "a" } });
        return post(`${url}/coze_callback`, body, signCallback(body, secret));
      };
    }

    it("refuses on one machine what another has answered", async () => {
      const [one, other] = [await serve(await machine()), await serve(await machine())];
      expect((await one("e-1")).status).toBe(200);
      const replayed = await other("e-1");
      expect(replayed.status).toBe(401);
      expect(await replayed.json()).toMatchObject({
        error: { message: 'a call with the event_id "e-1" came before' },
      });
      expect((await other("e-2")).status).toBe(200);
    });

    it("refuses calls with 503 while Redis hangs or is gone, or accepts them", async () => {
      const own = await startRedis();
      const port = Number(new URL(own.url).port);
      const store = redisReplayStore({ client: await connect(own.url) });
      const closed = await serve(store, { timeoutMs: 100 });
      const open = await serve(store, { timeoutMs: 100, whenDown: "accept" });
      expect((await closed("e-1")).status).toBe(200);

      own.pause();
      const hanging = await closed("e-2");
      expect([hanging.status, hanging.headers.get("retry-after")]).toEqual([503, "1"]);
      expect(await hanging.json()).toMatchObject({ error: { code: "unavailable" } });
      expect((await open("e-3")).status).toBe(200);
      own.resume();
      // What was refused may come again: what Redis claimed late was given back.
      await expect.poll(async () => (await closed("e-2")).status, { timeout: 5000 }).toBe(200);

      await own.stop();
      expect((await closed("e-4")).status).toBe(503);
      expect((await open("e-4")).status).toBe(200);
      const again = await startRedis(port);
      onTestFinished(() => again.stop());
      await expect.poll(async () => (await closed("e-4")).status, { timeout: 5000 }).toBe(200);
    });
  });
});
