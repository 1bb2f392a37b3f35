import { describe, expect, test } from "vitest";
import { countdown } from "../../examples/almanac/countdown.ts";

const never = { signal: new AbortController().signal };
const interval = (milliseconds: number) => ({ seconds: 0n, nanos: milliseconds * 1e6 });

describe("countdown", () => {
  test("counts down to zero", async () => {
    const values: unknown[] = [];
    for await (const { remaining } of countdown({ from: 3, interval: interval(0) }, never)) {
      values.push(remaining);
    }
    expect(values).toEqual([3, 2, 1, 0]);
  });

  test("sends the first message at once and waits between the others", async () => {
    const start = performance.now();
    const times: number[] = [];
    for await (const _ of countdown({ from: 2, interval: interval(50) }, never)) {
      times.push(performance.now() - start);
    }
    expect(times).toHaveLength(3);
    expect(times[0]).toBeLessThan(40);
    expect(times[1]).toBeGreaterThanOrEqual(49);
    expect(times[2]).toBeGreaterThanOrEqual(98);
  });

  test("waits a second if no interval is given", async () => {
    const start = performance.now();
    const messages = countdown({ from: 1 }, never);
    await messages.next();
    await messages.next();
    expect(performance.now() - start).toBeGreaterThanOrEqual(999);
  });

  test("stops waiting when the signal is aborted", async () => {
    const abort = new AbortController();
    const messages = countdown({ from: 2, interval: { seconds: 30n, nanos: 0 } }, abort);
    await messages.next();
    const start = performance.now();
    const next = messages.next();
    abort.abort();
    await expect(next).rejects.toThrow("aborted");
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await messages.next()).toEqual({ done: true, value: undefined });
  });
});
