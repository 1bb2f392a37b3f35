import { type ActionContext, ActionError, type Call, type PipelineOptions } from "botwire";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  callOf,
  contractOf,
  errorOf,
  forever,
  messageOf,
  NoteService,
  notes,
  sleep,
} from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

const tooLong = { code: "deadline_exceeded", message: "the call took too long" };

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** How long a call takes whose handler hangs, and the context that it saw. */
async function measure(call: Partial<Call>, options: Partial<PipelineOptions> = {}) {
  const seen: ActionContext[] = [];
  const implementation = notes({
    echo: (_, context) => {
      seen.push(context);
      return forever;
    },
  });
  const { pipeline } = quietPipeline({ actions: [implementation], ...options });
  const start = Date.now();
  const pending = pipeline.invoke(callOf(call)).then((outcome) => ({ outcome, at: Date.now() }));
  await vi.runAllTimersAsync();
  const { outcome, at } = await pending;
  return { error: errorOf(outcome), outcome, ms: at - start, context: seen[0] };
}

describe("the deadline", () => {
  it.each([
    ["the door's", { budgetMs: 300, callerTimeoutMs: 400 }, 500, 300],
    ["the caller's", { budgetMs: 400, callerTimeoutMs: 300 }, 500, 300],
    ["the action's", { budgetMs: 400, callerTimeoutMs: 500 }, 300, 300],
    ["the server's, if the action has none", { budgetMs: 400 }, undefined, 350],
    [
      "the door's, if the caller's is no number",
      { budgetMs: 300, callerTimeoutMs: Number.NaN },
      400,
      300,
    ],
  ])("is the smallest: %s", async (_, call, actionMs, expected) => {
    const contract = {
      ...NoteService,
      actions: { ...NoteService.actions, echo: contractOf("unary", "echo", actionMs) },
    };
    const [implemented, ...others] = notes({ echo: () => forever }).actions;
    const actions = [
      {
        contract,
        actions: implemented ? [{ ...implemented, action: contract.actions.echo }, ...others] : [],
      },
    ];
    const { ms, error } = await measure(call, { actions, defaults: { deadlineMs: 350 } });
    expect(error).toMatchObject(tooLong);
    expect(ms).toBe(expected);
  });

  it("is what the context says, and when the signal aborts", async () => {
    const { context } = await measure({ budgetMs: 300 });
    expect(context?.deadline).toBe(1_000_300);
    expect(context?.signal.aborted).toBe(true);
    expect(context?.signal.reason).toMatchObject({ name: "TimeoutError" });
  });

  it("counts from the start of the call, however long routing takes", async () => {
    const route = async () => {
      await sleep(200);
      return { action: "echo", decode: () => ({ text: "", count: 0 }) };
    };
    const defaults = { deadlineMs: 250 };
    expect(await measure({ route }, { defaults })).toMatchObject({ ms: 250, error: tooLong });
    const late = await measure({ route }, { defaults: { deadlineMs: 100 } });
    expect(late).toMatchObject({ ms: 200, error: tooLong, context: undefined });
  });

  it.each([0, -5])("of %d milliseconds fails the call before it is routed", async (timeoutMs) => {
    const route = vi.fn(() => forever);
    const { error, outcome } = await measure({ callerTimeoutMs: timeoutMs, route });
    expect(error).toMatchObject(tooLong);
    expect(outcome).toMatchObject({ ran: false });
    expect(route).not.toHaveBeenCalled();
  });

  it("may be infinite", async () => {
    const { pipeline } = quietPipeline({
      actions: [notes({ echo: async () => sleep(1e9).then(() => ({ text: "at last" })) })],
    });
    const pending = pipeline.invoke(callOf({ budgetMs: Number.POSITIVE_INFINITY }));
    await vi.runAllTimersAsync();
    expect(messageOf(await pending)).toMatchObject({ text: "at last" });
  });

  it("sets no timer for what answers at once", async () => {
    const { pipeline } = quietPipeline();
    const pending = pipeline.invoke(callOf());
    expect(vi.getTimerCount()).toBe(0);
    await pending;
  });

  it("leaves no timer behind", async () => {
    const { pipeline } = quietPipeline({ actions: [notes({ echo: async () => ({}) })] });
    const pending = pipeline.invoke(callOf());
    expect(vi.getTimerCount()).toBe(1);
    await pending;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a handler that goes on after the deadline", () => {
  async function outlive(work: (context: ActionContext) => Promise<object>) {
    const { pipeline, lines } = quietPipeline({
      actions: [notes({ echo: (_, context) => work(context) })],
    });
    const pending = pipeline.invoke(callOf({ budgetMs: 100 }));
    await vi.runAllTimersAsync();
    expect(errorOf(await pending)).toMatchObject(tooLong);
    return lines.map(({ level, message }) => `${level}: ${message}`);
  }

  it("is noted when it answers", async () => {
    expect(await outlive(() => sleep(500).then(() => ({})))).toEqual([
      "warn: the handler answered after the call had failed",
    ]);
  });

  it("is noted when it fails", async () => {
    const work = () => sleep(500).then(() => Promise.reject(new Error("late")));
    expect(await outlive(work)).toEqual(["warn: something failed after the call had ended"]);
  });

  it("may stop because the signal aborts", async () => {
    const work = ({ signal }: ActionContext) =>
      new Promise<object>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    expect(await outlive(work)).toEqual(["debug: something failed after the call had ended"]);
  });

  it("gets an aborted signal even if it asks for it only then", async () => {
    const reasons: unknown[] = [];
    await outlive(async (context) => {
      await sleep(500);
      reasons.push(context.signal.reason, context.signal.reason);
      return {};
    });
    expect(reasons[0]).toMatchObject({ name: "TimeoutError" });
    expect(reasons[1]).toBe(reasons[0]);
  });
});

describe("a caller that goes away", () => {
  it("cancels the call, and aborts the signal", async () => {
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 50);
    const { error, ms, context } = await measure({ signal: caller.signal });
    expect(error).toMatchObject({ code: "canceled", message: "the caller went away" });
    expect(ms).toBe(50);
    expect(context?.signal.reason).toMatchObject({ name: "AbortError" });
  });

  it("before the call was routed, is not routed", async () => {
    const route = vi.fn(() => forever);
    const { error } = await measure({ signal: AbortSignal.abort(), route });
    expect(error.code).toBe("canceled");
    expect(route).not.toHaveBeenCalled();
  });

  it("is not listened to any longer than the call takes", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const { pipeline } = quietPipeline({ actions: [notes({ echo: async () => ({}) })] });
    await pipeline.invoke(callOf({ signal }));
    expect(added).toHaveBeenCalledOnce();
    expect(removed).toHaveBeenCalledOnce();
  });

  it("has no say after the answer", async () => {
    const caller = new AbortController();
    const seen: ActionContext[] = [];
    const echo = async (_: unknown, context: ActionContext) => {
      seen.push(context);
      return {};
    };
    const { pipeline } = quietPipeline({ actions: [notes({ echo })] });
    expect((await pipeline.invoke(callOf({ signal: caller.signal }))).ok).toBe(true);
    caller.abort();
    expect(seen[0]?.signal.aborted).toBe(false);
  });
});

describe("with a real clock", () => {
  it("a call ends in time, whatever its handler does", async () => {
    vi.useRealTimers();
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          echo: async ({ text }) => {
            if (text === "hangs") {
              return forever;
            }
            await sleep(text === "late" ? 60 : 0);
            throw new ActionError("aborted", "fails");
          },
        }),
      ],
    });
    const start = performance.now();
    const outcomes = await Promise.all(
      ["hangs", "late", "fails"].map((text) =>
        pipeline.invoke(callOf({ request: { text }, budgetMs: 30 })),
      ),
    );
    expect(performance.now() - start).toBeLessThan(500);
    expect(outcomes.map((outcome) => errorOf(outcome).code)).toEqual([
      "deadline_exceeded",
      "deadline_exceeded",
      "aborted",
    ]);
    await sleep(100);
  });
});
