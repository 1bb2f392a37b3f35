import { ActionError, type Hooks, type RequestEnd } from "botwire";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { callOf, errorOf, forever, notes, sleep, streamOf } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("hooks", () => {
  it("are called in order, the first set first, on the set that they belong to", async () => {
    const trace: string[] = [];
    class Tracer implements Hooks {
      readonly name: string;
      constructor(name: string) {
        this.name = name;
      }
      onRequestStart() {
        trace.push(`${this.name} start`);
      }
      onRouteMatch() {
        trace.push(`${this.name} match`);
      }
      onResponseCommit() {
        trace.push(`${this.name} commit`);
      }
      onRequestEnd() {
        trace.push(`${this.name} end`);
      }
    }
    const { pipeline } = quietPipeline({ hooks: [new Tracer("a"), {}, new Tracer("b")] });
    await pipeline.invoke(callOf());
    expect(trace).toEqual(
      ["start", "match", "commit", "end"].flatMap((point) => [`a ${point}`, `b ${point}`]),
    );
  });

  it("run for calls that cannot be routed", async () => {
    const trace: string[] = [];
    const { pipeline } = quietPipeline({
      hooks: [
        {
          onRequestStart: () => void trace.push("start"),
          onRouteMatch: () => void trace.push("match"),
          onError: (context, { code }) => void trace.push(`${code} ${context.action}`),
          onResponseCommit: () => void trace.push("commit"),
          onRequestEnd: () => void trace.push("end"),
        },
      ],
    });
    const route = () => Promise.reject(new ActionError("unauthenticated", "wrong signature"));
    const outcome = await pipeline.invoke(callOf({ route }));
    expect(outcome).toMatchObject({ ok: false, ran: false, action: undefined });
    expect(trace).toEqual(["start", "unauthenticated undefined", "commit", "end"]);
  });
});

describe("onResponseCommit", () => {
  it("writes the headers of successes and failures", async () => {
    const onResponseCommit: Hooks["onResponseCommit"] = (context, { headers }) =>
      void headers.set("x-trace", context.traceId);
    const { pipeline } = quietPipeline({ hooks: [{ onResponseCommit }] });
    for (const action of ["echo", "unknown"]) {
      const { headers, traceId } = await pipeline.invoke(callOf({ action }));
      expect([...headers]).toEqual([["x-trace", traceId]]);
    }
  });

  it("turns a success into a failure without the headers so far if it throws", async () => {
    const onError = vi.fn();
    const second = vi.fn();
    const { pipeline } = quietPipeline({
      hooks: [
        {
          onError,
          onResponseCommit(_, { headers }) {
            headers.set("set-cookie", "session=1");
            throw new ActionError("resource_exhausted", "quota", { retryAfterMs: 1000 });
          },
        },
        { onResponseCommit: second },
      ],
    });
    const outcome = await pipeline.invoke(callOf());
    expect(outcome).toMatchObject({ ok: false, ran: true });
    expect(errorOf(outcome)).toMatchObject({ code: "resource_exhausted", retryAfterMs: 1000 });
    expect(outcome.headers.size).toBe(0);
    expect(onError).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
  });

  it("closes the stream of a handler if it throws", async () => {
    const closed = vi.fn();
    const signals: AbortSignal[] = [];
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          async *repeat(_, { signal }) {
            signals.push(signal);
            try {
              yield {};
              yield {};
            } finally {
              closed();
            }
          },
        }),
      ],
      hooks: [{ onResponseCommit: () => Promise.reject(new Error("no")) }],
    });
    const outcome = await pipeline.invoke(callOf({ action: "repeat" }));
    expect(errorOf(outcome).code).toBe("internal");
    expect(closed).toHaveBeenCalledOnce();
    expect(signals[0]?.aborted).toBe(true);
    expect(pipeline.inFlight).toBe(0);
  });

  it("changes nothing of a failure if it throws", async () => {
    const { pipeline, lines } = quietPipeline({
      hooks: [{ onResponseCommit: () => Promise.reject(new Error("no")) }],
    });
    const outcome = await pipeline.invoke(callOf({ action: "unknown" }));
    expect(errorOf(outcome).code).toBe("not_found");
    expect(lines).toMatchObject([{ level: "error", message: "onResponseCommit failed" }]);
  });
});

describe("hooks that take their time", () => {
  it("delay the answer within the budget", async () => {
    const { pipeline } = quietPipeline({
      hooks: [{ onRequestStart: () => sleep(10), onResponseCommit: () => sleep(20) }],
    });
    const start = Date.now();
    const pending = pipeline.invoke(callOf()).then(() => Date.now() - start);
    await vi.runAllTimersAsync();
    expect(await pending).toBe(30);
  });

  it.each([
    ["onRequestStart", 1000],
    ["onRouteMatch", 1000],
    ["onResponseCommit", 1000],
  ] as const)("forever, in %s, end with the budget", async (name, expected) => {
    const { pipeline } = quietPipeline({ hooks: [{ [name]: () => forever }] });
    const start = Date.now();
    const pending = pipeline.invoke(callOf({ budgetMs: 1000 }));
    await vi.advanceTimersByTimeAsync(expected + 100);
    expect(errorOf(await pending).code).toBe("deadline_exceeded");
    expect(Date.now() - start).toBe(expected + 100);
    expect(pipeline.inFlight).toBe(0);
  });

  it.each(["onError", "onResponseCommit"] as const)(
    "forever, in %s of a timeout, get a grace of 100 ms and no more",
    async (name) => {
      const { pipeline, lines } = quietPipeline({
        actions: [notes({ echo: () => forever })],
        hooks: [{ [name]: () => forever }],
      });
      const start = Date.now();
      const pending = pipeline
        .invoke(callOf({ budgetMs: 1000 }))
        .then((outcome) => ({ outcome, ms: Date.now() - start }));
      await vi.runAllTimersAsync();
      const { outcome, ms } = await pending;
      expect(errorOf(outcome).code).toBe("deadline_exceeded");
      expect(ms).toBe(1100);
      expect(lines).toMatchObject([
        { level: "warn", message: "hooks took too long, so the answer left without them" },
      ]);
    },
  );
});

describe("onError and onRequestEnd", () => {
  it.each([
    [
      "throw",
      () => {
        throw new Error("broken hook");
      },
    ],
    ["reject", () => sleep(1).then(() => Promise.reject(new Error("broken hook")))],
  ])("change nothing when they %s, and the next set is called", async (_, broken) => {
    const next = { onError: vi.fn(), onRequestEnd: vi.fn() };
    const { pipeline, lines } = quietPipeline({
      hooks: [{ onError: broken, onRequestEnd: broken }, next],
    });
    const pending = pipeline.invoke(callOf({ action: "unknown" }));
    await vi.runAllTimersAsync();
    expect(errorOf(await pending).code).toBe("not_found");
    await pipeline.drain();
    expect(next.onError).toHaveBeenCalledOnce();
    expect(next.onRequestEnd).toHaveBeenCalledOnce();
    expect(lines.map(({ message }) => message)).toEqual(["onError failed", "onRequestEnd failed"]);
  });
});

describe("onRequestEnd", () => {
  it("doesn't delay the answer, but the drain", async () => {
    const { pipeline } = quietPipeline({ hooks: [{ onRequestEnd: () => sleep(500) }] });
    await pipeline.invoke(callOf());
    expect(pipeline.inFlight).toBe(1);
    const drained = vi.fn();
    pipeline.drain().then(drained);
    await vi.advanceTimersByTimeAsync(499);
    expect(drained).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(drained).toHaveBeenCalledOnce();
    expect(pipeline.inFlight).toBe(0);
  });

  it("tells how the call went", async () => {
    const ends: RequestEnd[] = [];
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          async *repeat() {
            yield {};
            await sleep(300);
            yield {};
            throw new ActionError("data_loss", "tape");
          },
        }),
      ],
      hooks: [{ onRequestEnd: (_, end) => void ends.push(end) }],
    });
    await pipeline.invoke(callOf());
    await pipeline.invoke(callOf({ action: "unknown" }));
    const stream = streamOf(await pipeline.invoke(callOf({ action: "repeat" })));
    await stream.next();
    const second = stream.next();
    await vi.runAllTimersAsync();
    await second;
    expect(ends).toHaveLength(2);
    await expect(stream.next()).rejects.toMatchObject({ code: "data_loss" });
    expect(ends).toMatchObject([
      { error: undefined, messages: 1, durationMs: 0 },
      { error: { code: "not_found" }, messages: 0 },
      { error: { code: "data_loss" }, messages: 2, durationMs: 300 },
    ]);
  });
});
