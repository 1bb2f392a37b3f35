import { rateLimit } from "botwire/rate-limit";
import { describe, expect, it } from "vitest";
import { callOf, errorOf } from "../action/fixtures.ts";
import { quietPipeline } from "../action/quiet.ts";
import { post, start } from "../server/start.ts";

describe("rateLimit", () => {
  it("refuses what is beyond the limit, before it is read, until the window is over", async () => {
    const { url } = await start({ middleware: [rateLimit({ limit: 2, windowMs: 1000 })] });
    const call = (body: unknown = {}) => post(`${url}/actions/echo`, body);
    expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
    const refused = await call({ zone: "unknown" });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toMatchObject({
      error: { code: "resource_exhausted", message: "too many calls: wait and try again" },
    });
    await expect.poll(async () => (await call()).status, { timeout: 3000 }).toBe(200);
  });

  it("counts each user of each bot", async () => {
    const { url } = await start({ middleware: [rateLimit({ limit: 1 })] });
    const statuses: number[] = [];
    for (const [bot, user] of [
      ["b", "ann"],
      ["b", "bob"],
      ["c", "ann"],
      ["b", "ann"],
    ] as const) {
      const headers = { "x-aiplugin-bot-id": bot, "x-aiplugin-connector-identifier": user };
      statuses.push((await post(`${url}/actions/echo`, {}, headers)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it("counts by a key of your own, and lets pass what has none", async () => {
    const limit = rateLimit({ limit: 1, key: ({ headers }) => headers.get("x-tenant") });
    const { pipeline } = quietPipeline({ middleware: [limit] });
    const outcomes: string[] = [];
    for (const tenant of ["a", "b", "a", undefined, undefined, "x".repeat(10_000)]) {
      const requestHeaders = tenant === undefined ? {} : { "x-tenant": tenant };
      const outcome = await pipeline.invoke(callOf({ requestHeaders }));
      outcomes.push(outcome.ok ? "ok" : outcome.error.code);
    }
    expect(outcomes).toEqual(["ok", "ok", "resource_exhausted", "ok", "ok", "ok"]);
  });

  it("says when to come back", async () => {
    const { pipeline } = quietPipeline({ middleware: [rateLimit({ limit: 1, windowMs: 5000 })] });
    await pipeline.invoke(callOf());
    const { retryAfterMs } = errorOf(await pipeline.invoke(callOf()));
    expect(retryAfterMs).toBeGreaterThan(4000);
    expect(retryAfterMs).toBeLessThanOrEqual(5000);
  });

  it.each([
    [{ limit: 0 }, "rateLimit: limit must be an integer of 1 or more, not 0"],
    [{ limit: 1.5 }, "rateLimit: limit must be an integer of 1 or more, not 1.5"],
    [
      { limit: 1, windowMs: 1500 },
      "rateLimit: windowMs must be whole seconds such as 60000, a day at most, not 1500",
    ],
    [
      { limit: 1, windowMs: 0 },
      "rateLimit: windowMs must be whole seconds such as 60000, a day at most, not 0",
    ],
    [
      // Timers that cannot reach so far fire at once.
      { limit: 1, windowMs: 2_592_000_000 },
      "rateLimit: windowMs must be whole seconds such as 60000, a day at most, not 2592000000",
    ],
  ])("refuses the options %j", (options, message) => {
    expect(() => rateLimit(options)).toThrow(message);
  });
});
