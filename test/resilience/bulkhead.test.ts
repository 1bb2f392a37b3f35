import { setTimeout as sleep } from "node:timers/promises";
import { ActionError, createPipeline, type Init } from "botwire";
import { type BulkheadOptions, resilience } from "botwire/resilience";
import { toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { callOf, errorOf, type Note, recordingLogger, streamOf } from "../action/fixtures.ts";
import { load, quantile } from "../server/load.ts";
import { post, start } from "../server/start.ts";
import { shop } from "./shop.ts";

/** A bot whose shaky action answers when it is told to. */
function served(bulkhead: BulkheadOptions) {
  const waiting: (() => void)[] = [];
  const guard = resilience({ bulkhead });
  const pipeline = createPipeline({
    actions: [
      shop({
        shaky: () =>
          new Promise<Init<Note>>((resolve) => waiting.push(() => resolve({ text: "done" }))),
        async *feed() {
          yield { text: "one" };
          yield { text: "two" };
        },
      }),
    ],
    middleware: [guard.middleware],
    log: recordingLogger().log,
  });
  return {
    guard,
    waiting,
    call: (options: Parameters<typeof callOf>[0] = {}) =>
      pipeline.invoke(callOf({ action: "shaky", ...options })),
    stateOf: (action: string) => guard.snapshot().find((state) => state.action === action),
  };
}

describe("a bulkhead", () => {
  it("refuses calls of an action that has as many as it takes, and no others", async () => {
    const { call, waiting, stateOf } = served({ maxInFlight: 2 });
    const taken = [call(), call()];
    await sleep(1);
    expect(stateOf("shaky")).toMatchObject({ inFlight: 2, queued: 0 });
    const refused = await call();
    expect(errorOf(refused)).toMatchObject({
      code: "resource_exhausted",
      message: "shaky has as many calls in flight as it takes; try again later",
      retryAfterMs: 1000,
    });
    expect(refused.ok ? undefined : refused.ran).toBe(false);
    expect((await call({ action: "steady" })).ok).toBe(true);
    for (const finish of waiting) {
      finish();
    }
    expect((await Promise.all(taken)).map(({ ok }) => ok)).toEqual([true, true]);
    await sleep(1);
    expect(stateOf("shaky")).toMatchObject({ inFlight: 0, breaker: "closed" });
  });

  it("lets some wait for their turn, but none past its budget", async () => {
    const { call, waiting, stateOf } = served({ maxInFlight: 1, maxQueued: 2 });
    const first = call();
    const second = call();
    const third = call({ budgetMs: 50 });
    await sleep(1);
    expect(stateOf("shaky")).toMatchObject({ inFlight: 1, queued: 2 });
    expect(errorOf(await call()).code).toBe("resource_exhausted");
    expect(errorOf(await third).code).toBe("deadline_exceeded");
    waiting[0]?.();
    expect((await first).ok).toBe(true);
    await sleep(1);
    waiting[1]?.();
    expect((await second).ok).toBe(true);
    await sleep(1);
    expect([waiting.length, stateOf("shaky")]).toMatchObject([2, { inFlight: 0, queued: 0 }]);
  });

  it("gives the place of a call free at the end of its budget, and of a stream at its end", async () => {
    const { call, stateOf } = served({ maxInFlight: 1 });
    expect(errorOf(await call({ budgetMs: 20 })).code).toBe("deadline_exceeded");
    await sleep(1);
    expect(stateOf("shaky")).toMatchObject({ inFlight: 0 });

    const stream = streamOf(await call({ action: "feed" }));
    expect(errorOf(await call({ action: "feed" })).code).toBe("resource_exhausted");
    await stream.next();
    await stream.return?.();
    await sleep(1);
    const whole = streamOf(await call({ action: "feed" }));
    while ((await whole.next()).done !== true);
    await sleep(1);
    expect(stateOf("feed")).toMatchObject({ inFlight: 0 });
  });
});

describe("an action whose dependency fails under load", () => {
  it("leaves the other actions as fast as they are", async () => {
    let down = false;
    const guard = resilience({ breaker: { openMs: 300 }, bulkhead: { maxInFlight: 20 } });
    const { url } = await start({
      bot: shop({
        // First it is well, then it hangs, and nobody minds the signal.
        shaky: async (request) => {
          if (down) {
            await sleep(3000, undefined, { ref: false });
            throw new ActionError("unavailable", "down");
          }
          return request;
        },
      }),
      doors: [toolDoor({ unsigned: true, budgetMs: 500 })],
      middleware: [guard.middleware],
    });
    const shaky = load(`${url}/actions/shaky`, { connections: 60, durationMs: 2500, pauseMs: 10 });
    const steady = load(`${url}/actions/steady`, { connections: 4, durationMs: 2500 });
    await sleep(600);
    down = true;
    const [broken, well] = await Promise.all([shaky, steady]);
    expect(Object.keys(well.times)).toEqual(["200"]);
    const answered = well.times["200"] ?? [];
    expect(answered.length).toBeGreaterThan(100);
    expect(quantile(answered, 0.99)).toBeLessThan(250);

    // What hangs is answered at the end of its budget, what is refused at once.
    const refused = [...(broken.times["503"] ?? []), ...(broken.times["429"] ?? [])];
    expect(refused.length).toBeGreaterThan(50);
    expect(quantile(refused, 0.5)).toBeLessThan(60);
    expect(broken.withoutRetryAfter).toBe(0);
    expect(guard.snapshot()).toContainEqual(
      expect.objectContaining({ action: "shaky", breaker: expect.stringMatching(/open/) }),
    );

    down = false;
    await expect
      .poll(async () => (await post(`${url}/actions/shaky`, {})).status, { timeout: 3000 })
      .toBe(200);
    await expect
      .poll(() => guard.snapshot().find(({ action }) => action === "shaky")?.breaker)
      .toBe("closed");
  });
});
