import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type IdleLane, IdleLanes } from "../../src/runtime/server/idle-lanes.ts";

class Lane implements IdleLane {
  idleSince: number | undefined = undefined;
  expired = 0;

  expire(): void {
    this.expired++;
  }
}

describe("idle lanes", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([1, 7, 100, 5000, 8001, 65_000])("expire after %d ms, not much later", (timeoutMs) => {
    const latest = timeoutMs + Math.min(1000, Math.ceil(timeoutMs / 8));
    // Whenever in a tick it was that something happened last.
    for (const part of [0, 0.3, 0.99]) {
      const lanes = new IdleLanes(timeoutMs);
      const lane = new Lane();
      lanes.add(lane);
      vi.advanceTimersByTime(Math.floor((latest - timeoutMs) * (3 + part)));
      lane.idleSince = lanes.tick;
      vi.advanceTimersByTime(timeoutMs);
      expect(lane.expired).toBe(0);
      vi.advanceTimersByTime(2 * (latest - timeoutMs));
      expect(lane.expired).toBeGreaterThan(0);
      lanes.delete(lane);
    }
  });

  it("do not expire while something happens", () => {
    const lanes = new IdleLanes(100);
    const busy = new Lane();
    const used = new Lane();
    lanes.add(busy);
    lanes.add(used);
    for (let i = 0; i < 100; i++) {
      used.idleSince = lanes.tick;
      vi.advanceTimersByTime(90);
    }
    expect([busy.expired, used.expired]).toEqual([0, 0]);
  });

  it("have no timer while there are none", () => {
    const lanes = new IdleLanes(100);
    expect(vi.getTimerCount()).toBe(0);
    const lane = new Lane();
    lanes.add(lane);
    lanes.add(new Lane());
    expect(vi.getTimerCount()).toBe(1);
    lanes.delete(lane);
    expect(vi.getTimerCount()).toBe(1);
  });
});
