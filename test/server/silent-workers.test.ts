import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { silentLogger } from "../../src/runtime/action/logger.ts";
import {
  beatMs,
  type SilentWorkers,
  watchWorkers,
} from "../../src/runtime/server/silent-workers.ts";

interface FakeWorker {
  readonly process: { readonly pid: number };
}

const one: FakeWorker = { process: { pid: 1 } };
const other: FakeWorker = { process: { pid: 2 } };

let ended: FakeWorker[] = [];
let watch: SilentWorkers<FakeWorker>;

beforeEach(() => {
  vi.useFakeTimers();
  ended = [];
  watch = watchWorkers<FakeWorker>(1000, (worker) => ended.push(worker), silentLogger);
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

it("ends the worker of which nothing is heard, once", () => {
  watch.heard(one);
  watch.heard(other);
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(beatMs(1000));
    watch.heard(other);
    expect(ended).toEqual(i < 4 ? [] : [one]);
  }
});

it("does not watch workers that have not begun, or have ended", () => {
  watch.heard(one);
  watch.forget(one);
  vi.advanceTimersByTime(10_000);
  expect(ended).toEqual([]);
});

it("does not take its own standstill for theirs", () => {
  watch.heard(one);
  // As after the lid of a laptop was closed: the clock has gone on, timers have not.
  const { now } = performance;
  const ahead = vi
    .spyOn(performance, "now")
    .mockImplementation(() => now.call(performance) + 60_000);
  vi.advanceTimersByTime(beatMs(1000));
  expect(ended).toEqual([]);
  watch.heard(one);
  vi.advanceTimersByTime(beatMs(1000));
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(2000);
  expect(ended).toEqual([one]);
  ahead.mockRestore();
});

it("has no timer after its end", () => {
  watch.stop();
  expect(vi.getTimerCount()).toBe(0);
});
