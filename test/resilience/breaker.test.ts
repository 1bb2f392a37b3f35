import { ActionError, type Code, createPipeline, type Init } from "botwire";
import { type BreakerOptions, type ResilienceOptions, resilience } from "botwire/resilience";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  callOf,
  errorOf,
  forever,
  messageOf,
  type Note,
  recordingLogger,
  streamOf,
} from "../action/fixtures.ts";
import { shop } from "./shop.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What the dependency does: answers, or fails in some way. */
type Mode = "well" | "hangs" | Code;

function served(breaker: BreakerOptions = {}, options: ResilienceOptions = {}) {
  let mode: Mode = "well";
  let asked = 0;
  const guard = resilience({ breaker: { openMs: 5000, ...breaker }, ...options });
  const changes: string[] = [];
  guard.onStateChange(({ action, from, to }) => changes.push(`${action}: ${from} -> ${to}`));
  const { log, lines } = recordingLogger();
  const answer = (): Init<Note> | Promise<Init<Note>> => {
    asked += 1;
    if (mode === "hangs") {
      return forever;
    }
    if (mode !== "well") {
      throw new ActionError(mode, "so it is");
    }
    return { text: "well" };
  };
  const pipeline = createPipeline({
    actions: [
      shop({
        shaky: answer,
        async *feed({ count }) {
          for (let index = 0; index < count; index++) {
            yield await answer();
          }
        },
      }),
    ],
    middleware: [guard.middleware],
    log,
  });
  const call = (options: Parameters<typeof callOf>[0] = {}) =>
    pipeline.invoke(callOf({ action: "shaky", ...options }));
  return {
    guard,
    changes,
    lines,
    call,
    become(other: Mode) {
      mode = other;
    },
    asked: () => asked,
    async code(options?: Parameters<typeof callOf>[0]): Promise<string> {
      const outcome = await call(options);
      return outcome.ok ? "ok" : outcome.error.code;
    },
    stateOf: (action: string) => guard.snapshot().find((state) => state.action === action)?.breaker,
  };
}

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index++) {
    await act();
  }
}

describe("a breaker", () => {
  it("opens when more than half of the calls fail, and refuses at once, with the time to try again", async () => {
    const { become, call, code, asked, changes, lines, stateOf } = served();
    await times(4, code);
    become("unavailable");
    await times(5, code);
    expect(changes).toEqual([]);
    await code();
    expect(changes).toEqual(["shaky: closed -> open"]);
    const before = asked();
    await vi.advanceTimersByTimeAsync(2000);
    const refused = await call();
    expect(errorOf(refused)).toMatchObject({
      code: "unavailable",
      message: "shaky is out of order: what it depends on keeps failing; try again later",
      retryAfterMs: 3000,
    });
    expect(refused.ok ? undefined : refused.ran).toBe(false);
    expect(asked()).toBe(before);
    expect(await code({ action: "steady" })).toBe("ok");
    expect([stateOf("shaky"), stateOf("steady")]).toEqual(["open", "closed"]);
    expect(lines).toContainEqual({
      level: "warn",
      message: "a breaker changed its state",
      fields: expect.objectContaining({ action: "shaky", from: "closed", to: "open" }),
    });
  });

  it.each(["unavailable", "internal", "deadline_exceeded", "unknown"] as const)(
    "counts %s",
    async (failure) => {
      const { become, code, stateOf } = served();
      become(failure);
      await times(10, code);
      expect(stateOf("shaky")).toBe("open");
    },
  );

  it.each([
    "invalid_argument",
    "not_found",
    "permission_denied",
    "failed_precondition",
    "resource_exhausted",
    "canceled",
    "aborted",
  ] as const)("does not count %s, which is an answer", async (answer) => {
    const { become, code, stateOf } = served();
    become(answer);
    await times(30, code);
    expect(stateOf("shaky")).toBe("closed");
  });

  it("counts a handler that hangs past its budget", async () => {
    const { become, code, stateOf } = served();
    become("hangs");
    const codes = Array.from({ length: 10 }, () => code());
    await vi.advanceTimersByTimeAsync(1000);
    expect(new Set(await Promise.all(codes))).toEqual(new Set(["deadline_exceeded"]));
    expect(stateOf("shaky")).toBe("open");
  });

  it("does not count requests that are invalid, nor lets them try", async () => {
    const { become, code, asked, stateOf } = served();
    become("internal");
    await times(10, code);
    await vi.advanceTimersByTimeAsync(5001);
    const before = asked();
    expect(await code({ request: { text: "bad" } })).toBe("invalid_argument");
    expect([asked(), stateOf("shaky")]).toEqual([before, "open"]);
  });

  it("counts what it is told to", async () => {
    const { become, code, stateOf } = served({
      failureRate: 0.2,
      calls: 5,
      isFailure: (error) => error.code === "not_found",
    });
    become("unavailable");
    await times(20, code);
    expect(stateOf("shaky")).toBe("closed");
    become("not_found");
    await times(5, code);
    expect(stateOf("shaky")).toBe("open");
  });

  it("lets one call try when its time has come, refuses the others meanwhile, and closes", async () => {
    const { become, call, code, changes } = served();
    become("unavailable");
    await times(10, code);
    await vi.advanceTimersByTimeAsync(5001);
    become("hangs");
    const tries = call({ budgetMs: 1000 });
    const [second, third] = [await call(), await call()];
    expect(errorOf(second)).toMatchObject({ code: "unavailable", retryAfterMs: 1000 });
    expect(errorOf(third).code).toBe("unavailable");
    await vi.advanceTimersByTimeAsync(1000);
    expect(errorOf(await tries).code).toBe("deadline_exceeded");
    expect(await code()).toBe("unavailable");
    become("well");
    await vi.advanceTimersByTimeAsync(5001);
    expect(await code()).toBe("ok");
    expect(await code()).toBe("ok");
    expect(changes).toEqual([
      "shaky: closed -> open",
      "shaky: open -> half_open",
      "shaky: half_open -> open",
      "shaky: open -> half_open",
      "shaky: half_open -> closed",
    ]);
  });

  it("learns nothing from a try whose caller went away", async () => {
    const { become, call, code, stateOf } = served();
    become("unavailable");
    await times(10, code);
    await vi.advanceTimersByTimeAsync(5001);
    become("hangs");
    const gone = new AbortController();
    const tries = call({ signal: gone.signal });
    await vi.advanceTimersByTimeAsync(1);
    gone.abort();
    expect(errorOf(await tries).code).toBe("canceled");
    await vi.advanceTimersByTimeAsync(1);
    expect(stateOf("shaky")).toBe("open");
  });

  it("counts streams that break off, and takes the first message of one that tries for an answer", async () => {
    const { become, call, code, stateOf } = served();
    const feed = { action: "feed", request: { count: 3 } };
    for (let index = 0; index < 10; index++) {
      become("well");
      const stream = streamOf(await call(feed));
      await stream.next();
      become("unavailable");
      await expect(stream.next()).rejects.toMatchObject({ code: "unavailable" });
    }
    expect(stateOf("feed")).toBe("open");
    expect(await code(feed)).toBe("unavailable");
    await vi.advanceTimersByTimeAsync(5001);
    become("well");
    const stream = streamOf(await call(feed));
    await vi.advanceTimersByTimeAsync(1);
    expect(stateOf("feed")).toBe("closed");
    await stream.return?.();
  });

  it("tells those who listen, whatever they do, until they listen no more", async () => {
    const { guard, become, code, changes, lines } = served();
    const heard: string[] = [];
    guard.onStateChange(() => {
      throw new Error("a listener");
    });
    const stop = guard.onStateChange(({ to }) => heard.push(to));
    become("internal");
    await times(10, code);
    stop();
    await vi.advanceTimersByTimeAsync(5001);
    become("well");
    expect(await code()).toBe("ok");
    expect(heard).toEqual(["open"]);
    expect(changes).toHaveLength(3);
    expect(lines.map(({ message }) => message)).toContain("a listener of breakers failed");
  });

  it("may be left out", async () => {
    const { become, code, stateOf } = served({}, { breaker: false });
    become("internal");
    await times(30, code);
    expect([await code(), stateOf("shaky")]).toEqual(["internal", "closed"]);
  });
});

describe("the options", () => {
  it.each<[ResilienceOptions, string]>([
    [{ breaker: { failureRate: 1 } }, "breaker.failureRate must lie between 0 and 1, not be 1"],
    [{ breaker: { openMs: 0 } }, "breaker.openMs must be more than 0, not 0"],
    [{ breaker: { calls: 1.5 } }, "breaker.calls must be an integer of at least 1, not 1.5"],
    [
      { breaker: { calls: 5, minimumCalls: 6 } },
      "breaker.minimumCalls must be at most breaker.calls (5), not 6",
    ],
    [
      { bulkhead: { maxInFlight: 0 } },
      "bulkhead.maxInFlight must be an integer of at least 1, not 0",
    ],
    [
      { bulkhead: { maxInFlight: 1, maxQueued: -1 } },
      "bulkhead.maxQueued must be an integer of at least 0, not -1",
    ],
  ])("%j are refused", (options, message) => {
    expect(() => resilience(options)).toThrow(message);
  });

  it("are completed by what fits", async () => {
    const { become, code, stateOf } = served({ calls: 4 });
    become("internal");
    await times(4, code);
    expect(stateOf("shaky")).toBe("open");
    expect(messageOf(await served().call())).toMatchObject({ text: "well" });
  });
});
