import { ActionError } from "botwire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccessToken, createTokenCache } from "../../src/runtime/coze/token-cache.ts";
import { recordingLogger } from "../action/fixtures.ts";
import { errorOf, fakeClock } from "./support.ts";

/** A cache whose renewals wait until a test settles them. */
function controlled() {
  const clock = fakeClock();
  const { log, lines } = recordingLogger();
  const renewals: {
    refused: string | undefined;
    resolve(token: AccessToken): void;
    reject(error: unknown): void;
  }[] = [];
  const cache = createTokenCache(
    (refused) =>
      new Promise((resolve, reject) => {
        renewals.push({ refused, resolve, reject });
      }),
    { clock, log },
  );
  let made = 0;
  const settle = async (lifeMs: number, skewMs = 0) => {
    made++;
    const accessToken = `token${made}`;
    renewals.shift()?.resolve({ accessToken, expiresAt: clock.now() + lifeMs + skewMs });
    await tick();
  };
  return { clock, cache, renewals, settle, lines };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const down = new ActionError("unavailable", "the platform is down");

describe("the token cache", () => {
  it("renews once for however many wait", async () => {
    const { cache, renewals, settle } = controlled();
    const waiting = Array.from({ length: 100 }, () => cache.get());
    expect(renewals).toHaveLength(1);
    await settle(900_000);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["token1"]));
    expect(await cache.get()).toBe("token1");
    expect(renewals).toHaveLength(0);
  });

  it("renews before the token ends, and lets nobody wait for it", async () => {
    const { cache, clock, renewals, settle } = controlled();
    void cache.get();
    await settle(900_000);
    clock.advance(719_000);
    await cache.get();
    expect(renewals).toHaveLength(0);
    clock.advance(2_000);
    expect(await Promise.all([cache.get(), cache.get()])).toEqual(["token1", "token1"]);
    expect(renewals).toHaveLength(1);
    await settle(900_000);
    expect(await cache.get()).toBe("token2");
  });

  it("goes on with a good token while renewals fail, which it tries ever less often", async () => {
    const { cache, clock, renewals, settle, lines } = controlled();
    void cache.get();
    await settle(900_000);
    clock.advance(750_000);
    let tries = 0;
    for (let second = 0; second < 140; second++) {
      expect(await cache.get()).toBe("token1");
      tries += renewals.length;
      renewals.shift()?.reject(down);
      await tick();
      clock.advance(1_000);
    }
    expect(lines).toHaveLength(tries);
    expect(lines[0]).toMatchObject({
      message: "the token for the bot platform could not be renewed",
    });
    expect(tries).toBeGreaterThan(20);
    expect(tries).toBeLessThan(40);
  });

  it("fails as the renewal did when the token has ended, and recovers", async () => {
    const { cache, clock, renewals, settle } = controlled();
    const first = errorOf(cache.get());
    renewals.shift()?.reject(down);
    expect(await first).toBe(down);
    // Those who come at once share the failure instead of asking again.
    expect(await errorOf(cache.get())).toBe(down);
    expect(renewals).toHaveLength(0);
    clock.advance(250);
    const next = cache.get();
    await settle(900_000);
    expect(await next).toBe("token1");
  });

  it("waits as long as the platform asks for, but not for hours", async () => {
    const { cache, clock, renewals } = controlled();
    const first = errorOf(cache.get());
    renewals
      .shift()
      ?.reject(new ActionError("resource_exhausted", "slowly", { retryAfterMs: 7_200_000 }));
    await first;
    clock.advance(59_000);
    await errorOf(cache.get());
    expect(renewals).toHaveLength(0);
    clock.advance(1_001);
    void cache.get();
    expect(renewals).toHaveLength(1);
  });

  it("never gives a refused token out again", async () => {
    const { cache, renewals, settle } = controlled();
    void cache.get();
    await settle(900_000);
    cache.reject("some older token");
    expect(await cache.get()).toBe("token1");
    cache.reject("token1");
    const next = cache.get();
    expect(renewals[0]?.refused).toBe("token1");
    await settle(900_000);
    expect(await next).toBe("token2");
  });

  it("doesn't renew with every call when this machine's clock is far ahead", async () => {
    const { cache, clock, renewals, settle } = controlled();
    const first = cache.get();
    await settle(900_000, -3_600_000);
    expect(await first).toBe("token1");
    clock.advance(10_000);
    expect(await cache.get()).toBe("token1");
    expect(renewals).toHaveLength(0);
  });

  it("lets one who waits give up, and nobody else", async () => {
    const { cache, settle } = controlled();
    const impatient = new AbortController();
    const gone = expect(cache.get(impatient.signal)).rejects.toThrow("enough");
    const patient = cache.get(new AbortController().signal);
    impatient.abort(new Error("enough"));
    await gone;
    await settle(900_000);
    expect(await patient).toBe("token1");
  });

  it("holds what it promises, whatever happens when", async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constant({ kind: "get" } as const) },
      fc.record({
        kind: fc.constant("advance" as const),
        ms: fc.integer({ min: 1, max: 400_000 }),
      }),
      fc.record({
        kind: fc.constant("succeed" as const),
        life: fc.integer({ min: -1e6, max: 1e6 }),
      }),
      fc.constant({ kind: "fail" } as const),
      fc.constant({ kind: "refuse" } as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { cache, clock, renewals } = controlled();
        const ends = new Map<string, number>();
        const refused = new Set<string>();
        let latest = "";
        let made = 0;
        const pending = new Set<Promise<unknown>>();
        for (const current of steps) {
          switch (current.kind) {
            case "get": {
              const waiting = cache.get().then((token) => {
                expect(refused.has(token)).toBe(false);
                expect(token).toBe(latest);
                expect(clock.now()).toBeLessThan(ends.get(token) ?? 0);
              }, expectDown);
              pending.add(waiting);
              break;
            }
            case "advance":
              clock.advance(current.ms);
              break;
            case "succeed": {
              const renewal = renewals.shift();
              if (renewal !== undefined) {
                latest = `token${++made}`;
                const expiresAt = clock.now() + current.life;
                ends.set(latest, Math.max(expiresAt, clock.now() + 30_000));
                renewal.resolve({ accessToken: latest, expiresAt });
              }
              break;
            }
            case "fail":
              renewals.shift()?.reject(down);
              break;
            case "refuse":
              if (latest !== "") {
                refused.add(latest);
                cache.reject(latest);
              }
          }
          await tick();
          expect(renewals.length).toBeLessThanOrEqual(1);
        }
        // Nobody waits for ever, and after every failure there is a recovery.
        renewals.shift()?.reject(down);
        await Promise.all(pending);
        // What nobody waited for has to have failed, too: who comes before shares in it.
        await tick();
        clock.advance(2_000_000);
        const recovered = cache.get();
        latest = "last";
        renewals.shift()?.resolve({ accessToken: "last", expiresAt: clock.now() + 900_000 });
        expect(await recovered).toBe("last");
      }),
      { numRuns: 300 },
    );
  });
});

function expectDown(reason: unknown): void {
  expect(reason).toBe(down);
}
