import {
  type ActionContext,
  ActionError,
  type Init,
  type RequestEnd,
  type StreamHandler,
} from "botwire";
import { CodecError } from "botwire/codec";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { callOf, errorOf, forever, type Note, notes, sleep, streamOf } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function streaming(repeat: StreamHandler<Note, Note>, call: Parameters<typeof callOf>[0] = {}) {
  const ends: RequestEnd[] = [];
  const errors: ActionError[] = [];
  const { pipeline, lines } = quietPipeline({
    actions: [notes({ repeat })],
    hooks: [
      {
        onError: (_, error) => void errors.push(error),
        onRequestEnd: (_, end) => void ends.push(end),
      },
    ],
  });
  const pending = pipeline.invoke(callOf({ action: "repeat", ...call }));
  return { pipeline, lines, ends, errors, pending };
}

describe("a stream", () => {
  it.each<[string, StreamHandler<Note, Note>]>([
    [
      "an async generator",
      async function* () {
        yield { count: 1 };
        yield { count: 2 };
      },
    ],
    [
      "a generator",
      function* () {
        yield { count: 1 };
        yield { count: 2 };
      },
    ],
    ["a list", () => [{ count: 1 }, { count: 2 }]],
    ["a promise of one of them", async () => [{ count: 1 }, { count: 2 }]],
  ])("comes from %s, completed", async (_, handler) => {
    const { pending, pipeline, ends } = streaming(handler);
    const stream = streamOf(await pending);
    expect(await stream.next()).toEqual({ done: false, value: { text: "", count: 1 } });
    expect(await stream.next()).toEqual({ done: false, value: { text: "", count: 2 } });
    expect(pipeline.inFlight).toBe(1);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(ends).toMatchObject([{ error: undefined, messages: 2 }]);
    expect(pipeline.inFlight).toBe(0);
  });

  it("may be empty", async () => {
    const { pending, ends } = streaming(() => []);
    expect((await streamOf(await pending).next()).done).toBe(true);
    expect(ends).toMatchObject([{ error: undefined, messages: 0 }]);
  });

  it("is refused where the door cannot take it", async () => {
    const handler = vi.fn(() => []);
    const { pending } = streaming(handler, { streaming: false });
    const outcome = await pending;
    expect(errorOf(outcome)).toMatchObject({
      code: "unimplemented",
      message: "repeat answers with a stream, which this call cannot take",
    });
    expect(outcome).toMatchObject({ ran: false, action: { name: "repeat" } });
    expect(handler).not.toHaveBeenCalled();
  });

  it("asks its handler for one message ahead of the caller, and no more", async () => {
    const asked: number[] = [];
    const { pending } = streaming(async function* () {
      for (let count = 1; count < 10; count += 1) {
        asked.push(count);
        yield { count };
      }
    });
    const stream = streamOf(await pending);
    await sleepFake(1000);
    expect(asked).toEqual([1]);
    await stream.next();
    await sleepFake(1000);
    expect(asked).toEqual([1]);
    await stream.next();
    expect(asked).toEqual([1, 2]);
  });

  it("is pulled one by one", async () => {
    const { pending } = streaming(async function* () {
      yield {};
      yield forever;
    });
    const stream = streamOf(await pending);
    await stream.next();
    void stream.next().catch(() => {});
    await expect(stream.next()).rejects.toThrow("the message before was not awaited");
    const stopped = stream.return?.();
    await sleepFake(100);
    await stopped;
  });
});

describe("a stream that fails", () => {
  it("before its first message is a failure like any other", async () => {
    const { pending, ends } = streaming(async function* ({ count }) {
      if (count === 0) {
        throw new ActionError("not_found", "no such song");
      }
      yield {};
    });
    const outcome = await pending;
    expect(outcome).toMatchObject({ ok: false, ran: true, error: { code: "not_found" } });
    expect(ends).toHaveLength(1);
  });

  it("later breaks off, once for all", async () => {
    const { pending, ends, errors, lines } = streaming(async function* () {
      yield {};
      throw new Error("secret");
    });
    const stream = streamOf(await pending);
    await stream.next();
    await expect(stream.next()).rejects.toMatchObject({
      code: "internal",
      message: "internal error",
    });
    expect((await stream.next()).done).toBe(true);
    expect(errors).toMatchObject([{ code: "internal" }]);
    expect(ends).toMatchObject([{ error: { code: "internal" }, messages: 1 }]);
    expect(lines).toMatchObject([{ level: "error", message: "the call failed" }]);
  });

  it.each([
    ["undefined", undefined, "undefined"],
    ["null", null, "null"],
    ["a number", 7, "number"],
  ])("with %s for a message is closed", async (_, message, described) => {
    const closed = vi.fn();
    const { pending, lines } = streaming(() => {
      let first = true;
      return {
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            const value = first ? {} : Object.values({ message })[0];
            first = false;
            return { done: false as const, value: value as Init<Note> };
          },
          return: async () => {
            closed();
            return { done: true as const, value: undefined };
          },
        }),
      };
    });
    const stream = streamOf(await pending);
    await stream.next();
    await expect(stream.next()).rejects.toMatchObject({ code: "internal" });
    expect(closed).toHaveBeenCalled();
    expect(lines[0]?.fields).toMatchObject({
      error: {
        cause: {
          message: `the handler of repeat answered with ${described}; it has to be an object with the fields of test.v1.Note`,
        },
      },
    });
  });

  it("because its handler gave nothing to iterate says so", async () => {
    const nothing = vi.fn<StreamHandler<Note, Note>>();
    const { pending } = streaming(nothing);
    expect(errorOf(await pending).cause).toEqual(
      new TypeError(
        "the handler of repeat returned nothing to iterate; it has to be an async generator function, or return an iterable of messages",
      ),
    );
  });
});

describe("a stream that comes after the deadline", () => {
  /** An iterable that knows whether it was closed. */
  function closable() {
    const closed = vi.fn(async () => ({ done: true as const, value: undefined }));
    const messages: AsyncIterable<Init<Note>> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: {} }),
        return: closed,
      }),
    };
    return { messages, closed };
  }

  it("from a handler is closed", async () => {
    const { messages, closed } = closable();
    const { pending } = streaming(() => sleep(2000).then(() => messages));
    await vi.runAllTimersAsync();
    expect(errorOf(await pending).code).toBe("deadline_exceeded");
    expect(closed).toHaveBeenCalledOnce();
  });

  it("from a middleware is closed", async () => {
    const { messages, closed } = closable();
    const { pipeline } = quietPipeline({
      middleware: [() => sleep(2000).then(() => ({ kind: "stream", messages }) as const)],
    });
    const pending = pipeline.invoke(callOf({ action: "repeat" }));
    await vi.runAllTimersAsync();
    expect(errorOf(await pending).code).toBe("deadline_exceeded");
    expect(closed).toHaveBeenCalledOnce();
  });
});

describe("a middleware around a stream", () => {
  it("sees the handler's errors as ActionErrors, which may not blame the caller", async () => {
    const seen: unknown[] = [];
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          async *repeat() {
            yield {};
            throw new CodecError("cannot read upstream.v1.Reply", []);
          },
        }),
      ],
      middleware: [
        async (_, next) => {
          const response = await next();
          return response.kind !== "stream"
            ? response
            : { kind: "stream", messages: watched(response.messages) };
        },
      ],
    });
    async function* watched(messages: AsyncIterable<unknown>) {
      try {
        yield* messages;
      } catch (error) {
        seen.push(error);
        throw error;
      }
    }
    const stream = streamOf(await pipeline.invoke(callOf({ action: "repeat" })));
    await stream.next();
    const error = await stream.next().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "ActionError", code: "internal" });
    expect(seen).toEqual([error]);
  });
});

describe("the time of a stream", () => {
  it("is the call's budget until the first message", async () => {
    const { pending, pipeline } = streaming(
      async function* () {
        yield forever;
      },
      { budgetMs: 200 },
    );
    await vi.advanceTimersByTimeAsync(200);
    expect(errorOf(await pending).code).toBe("deadline_exceeded");
    expect(pipeline.inFlight).toBe(0);
  });

  it("is 60 s for each message after that", async () => {
    const signals: AbortSignal[] = [];
    const { pending, ends } = streaming(async function* (_, { signal }) {
      signals.push(signal);
      yield {};
      await sleep(59_000);
      yield {};
      await sleep(61_000);
      yield {};
    });
    const stream = streamOf(await pending);
    await stream.next();
    const second = stream.next();
    await vi.advanceTimersByTimeAsync(59_000);
    expect((await second).done).toBe(false);
    // A slow caller costs the handler nothing.
    await vi.advanceTimersByTimeAsync(500_000);
    const third = stream.next().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(ends).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await third).toMatchObject({
      code: "deadline_exceeded",
      message: "the next message took too long",
    });
    expect(signals[0]?.reason).toMatchObject({ name: "TimeoutError" });
    expect(ends).toHaveLength(1);
    await vi.runAllTimersAsync();
  });
});

describe("a caller that stops", () => {
  it("ends the handler's iteration before the call ends", async () => {
    const trace: string[] = [];
    const { pending, ends, pipeline } = streaming(async function* () {
      try {
        yield {};
        yield {};
      } finally {
        await sleep(5);
        trace.push(`closed ${ends.length}`);
      }
    });
    const stream = streamOf(await pending);
    await stream.next();
    const stopped = stream.return?.();
    await vi.advanceTimersByTimeAsync(5);
    expect(await stopped).toEqual({ done: true, value: undefined });
    expect(vi.getTimerCount()).toBe(0);
    expect(trace).toEqual(["closed 0"]);
    expect(ends).toMatchObject([{ error: { code: "canceled" }, messages: 1 }]);
    expect(pipeline.inFlight).toBe(0);
    await stream.return?.();
    expect(ends).toHaveLength(1);
  });

  it("before the first message, too", async () => {
    const { pending, ends } = streaming(() => [{}, {}]);
    await streamOf(await pending).return?.();
    expect(ends).toMatchObject([{ error: { code: "canceled" }, messages: 0 }]);
  });

  it("doesn't wait for a handler that is stuck, but aborts its signal", async () => {
    const signals: AbortSignal[] = [];
    const { pending, ends } = streaming(async function* (_, { signal }) {
      signals.push(signal);
      yield {};
      yield forever;
    });
    const stream = streamOf(await pending);
    await stream.next();
    const waiting = stream.next();
    const stopped = stream.return?.();
    expect(signals[0]?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(await stopped).toMatchObject({ done: true });
    expect(await waiting).toMatchObject({ done: true });
    expect(ends).toHaveLength(1);
  });

  it.each([
    ["while a message is awaited", true],
    ["while none is awaited", false],
  ])("by going away, %s, ends all", async (_, awaited) => {
    const caller = new AbortController();
    const closed = vi.fn();
    const { pending, ends, pipeline } = streaming(
      async function* (_request, { signal }: ActionContext) {
        try {
          yield {};
          await new Promise((_resolve, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          });
        } finally {
          closed();
        }
      },
      { signal: caller.signal },
    );
    const stream = streamOf(await pending);
    await stream.next();
    const next = awaited ? stream.next().catch((error: unknown) => error) : undefined;
    caller.abort();
    await sleepFake(0);
    expect(ends).toMatchObject([{ error: { code: "canceled" } }]);
    expect(pipeline.inFlight).toBe(0);
    expect(closed).toHaveBeenCalledOnce();
    expect(await (next ?? stream.next().catch((error: unknown) => error))).toMatchObject({
      code: "canceled",
    });
    expect(await stream.next()).toMatchObject({ done: true });
  });

  it("doesn't leave a middleware's wrapper behind", async () => {
    const trace: string[] = [];
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          async *repeat() {
            try {
              yield {};
              yield {};
            } finally {
              trace.push("handler");
            }
          },
        }),
      ],
      middleware: [
        async (_, next) => {
          const response = await next();
          return response.kind !== "stream"
            ? response
            : {
                kind: "stream",
                messages: (async function* () {
                  try {
                    yield* response.messages;
                  } finally {
                    trace.push("middleware");
                  }
                })(),
              };
        },
      ],
    });
    const stream = streamOf(await pipeline.invoke(callOf({ action: "repeat" })));
    await stream.next();
    await stream.return?.();
    expect(trace).toEqual(["handler", "middleware"]);
  });
});

async function sleepFake(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}
