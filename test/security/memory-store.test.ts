import { memoryReplayStore } from "botwire/webhook";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function claim(store: ReturnType<typeof memoryReplayStore>, key: string, ttlMs = 1000) {
  return await store.claim(key, ttlMs);
}

async function fresh(store: ReturnType<typeof memoryReplayStore>, key: string, ttlMs = 1000) {
  return (await claim(store, key, ttlMs)).fresh;
}

describe("a store in memory", () => {
  it("gives a key to the first who claims it, until its time is over", async () => {
    const store = memoryReplayStore();
    expect(await fresh(store, "a")).toBe(true);
    expect(await fresh(store, "a")).toBe(false);
    expect(await fresh(store, "b")).toBe(true);
    vi.advanceTimersByTime(999);
    expect(await fresh(store, "a")).toBe(false);
    vi.advanceTimersByTime(2);
    expect(await fresh(store, "a")).toBe(true);
  });

  it("is not moved by a clock that is set back", async () => {
    const store = memoryReplayStore();
    await claim(store, "a");
    vi.advanceTimersByTime(1001);
    vi.setSystemTime(0);
    expect(await fresh(store, "a")).toBe(true);
  });

  it("keeps what is left with a key, and for as long as it is told", async () => {
    const store = memoryReplayStore();
    const first = await claim(store, "a");
    expect(await claim(store, "a")).toEqual({ fresh: false, value: undefined });
    await (first.fresh && first.settle("answer", 5000));
    vi.advanceTimersByTime(4999);
    expect(await claim(store, "a")).toEqual({ fresh: false, value: "answer" });
    vi.advanceTimersByTime(2);
    expect(await fresh(store, "a")).toBe(true);
  });

  it("gives a key back, but only for the one who has it", async () => {
    const store = memoryReplayStore();
    const first = await claim(store, "a");
    await (first.fresh && first.release());
    const second = await claim(store, "a");
    expect(second.fresh).toBe(true);
    await (first.fresh && first.release());
    await (first.fresh && first.settle("stale", 1000));
    expect(await claim(store, "a")).toEqual({ fresh: false, value: undefined });
  });

  it("forgets the oldest when it is full", async () => {
    const store = memoryReplayStore({ maxKeys: 3 });
    for (const key of ["a", "b", "c", "d"]) {
      await claim(store, key);
    }
    expect(await fresh(store, "d")).toBe(false);
    expect(await fresh(store, "c")).toBe(false);
    expect(await fresh(store, "b")).toBe(false);
    expect(await fresh(store, "a")).toBe(true);
    // A key that was given back and claimed again is a young one.
    const again = await claim(store, "e");
    await (again.fresh && again.release());
    expect(await fresh(store, "d")).toBe(false);
  });

  it("takes no other names for what every object has", async () => {
    const store = memoryReplayStore();
    for (const key of ["__proto__", "constructor", ""]) {
      expect([await fresh(store, key), await fresh(store, key)]).toEqual([true, false]);
    }
  });

  it.each([0, -1, 1.5, Number.NaN])("of %d keys is none", (maxKeys) => {
    expect(() => memoryReplayStore({ maxKeys })).toThrow("maxKeys must be an integer of 1 or more");
  });

  it("costs about the same however much it holds", () => {
    vi.useRealTimers();
    // Time of this process alone, as others may keep the machine busy.
    const time = (maxKeys: number) => {
      const store = memoryReplayStore({ maxKeys });
      const start = process.cpuUsage();
      for (let i = 0; i < 200_000; i++) {
        const claimed = store.claim(`key-${i}`, i % 2 === 0 ? 0 : 60_000);
        if (i % 3 === 0 && "fresh" in claimed && claimed.fresh) {
          claimed.release();
        }
      }
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    time(100);
    // 500 times as many keys: some 3 times the time, as caches miss. To look for
    // the oldest from the start each time would take 30 times as long.
    expect(time(50_000) / time(100)).toBeLessThan(12);
  });
});
