import {
  type ActionContext,
  type CallContext,
  createContextKey,
  type Hooks,
  type MiddlewareContext,
  type StartContext,
} from "botwire";
import { describe, expect, it } from "vitest";
import { callOf, errorOf, messageOf, notes, sleep } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/** Calls `echo` and gives the context that its handler saw. */
async function contextOf(hooks: Hooks[], call = callOf()): Promise<ActionContext> {
  const seen: ActionContext[] = [];
  const { pipeline } = quietPipeline({
    actions: [
      notes({
        echo: (_, context) => {
          seen.push(context);
          return {};
        },
      }),
    ],
    hooks,
  });
  messageOf(await pipeline.invoke(call));
  const [context] = seen;
  if (context === undefined) {
    throw new Error("the handler was not called");
  }
  return context;
}

describe("a context", () => {
  it("is frozen wherever it is seen but in onRequestStart", async () => {
    const contexts: CallContext[] = [];
    const keep = (context: CallContext) => {
      contexts.push(context);
    };
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          echo: (_, context) => {
            keep(context);
            throw new Error("fails");
          },
        }),
      ],
      hooks: [{ onRouteMatch: keep, onResponseCommit: keep, onError: keep, onRequestEnd: keep }],
      middleware: [
        (context, next) => {
          keep(context);
          return next(context.with(createContextKey(0), 1));
        },
      ],
    });
    await pipeline.invoke(callOf());
    expect(contexts).toHaveLength(6);
    for (const context of contexts) {
      expect(Object.isFrozen(context)).toBe(true);
      expect(() => Object.assign(context, { userId: "mallory" })).toThrow(TypeError);
      expect(() => Object.assign(context, { signal: undefined })).toThrow(TypeError);
      expect(() => Object.assign(context, { isAdmin: true })).toThrow(TypeError);
    }
  });

  it("fails the call if a hook writes to it all the same", async () => {
    const { pipeline } = quietPipeline({
      hooks: [
        {
          onRouteMatch: (context) => {
            Object.assign(context, { userId: "mallory" });
          },
        },
      ],
    });
    expect(errorOf(await pipeline.invoke(callOf())).code).toBe("internal");
  });

  it("holds what the door says", async () => {
    const route = () => ({
      action: "echo",
      identity: { authenticated: true, botId: "b", userId: "u", locale: "zh-CN" },
      decode: () => ({ text: "", count: 0 }),
    });
    const context = await contextOf([], callOf({ route, requestHeaders: { "x-test": "1" } }));
    expect(context).toMatchObject({
      door: "test",
      authenticated: true,
      botId: "b",
      userId: "u",
      conversationId: "",
      connectorId: "",
      eventId: "",
      locale: "zh-CN",
      deviceClass: "",
    });
    expect(context.action.name).toBe("echo");
    expect(context.headers.get("x-test")).toBe("1");
  });
});

describe("onRequestStart", () => {
  const write: Hooks = {
    onRequestStart(context) {
      context.userId = "from the hook";
      context.deviceClass = "mobile";
    },
  };

  it("writes identity that wins over what the door says", async () => {
    const route = () => ({
      action: "echo",
      identity: { userId: "from the door", botId: "b" },
      decode: () => ({ text: "", count: 0 }),
    });
    const context = await contextOf([write], callOf({ route }));
    expect(context).toMatchObject({
      userId: "from the hook",
      botId: "b",
      deviceClass: "mobile",
    });
  });

  it("reads and writes all of it", async () => {
    const identity = {
      authenticated: true,
      botId: "1",
      userId: "2",
      conversationId: "3",
      connectorId: "4",
      eventId: "5",
      traceId: "6",
      locale: "7",
      deviceClass: "8",
    };
    const check: Hooks = {
      onRequestStart(context) {
        expect(context).toMatchObject({ door: "test", action: undefined });
        expect(context.signal.aborted).toBe(false);
        expect(context.deadline).toBeGreaterThan(Date.now());
        expect(context.headers.get("x-test")).toBe("1");
        Object.assign(context, identity);
        expect({ ...identity, ...pick(context, identity) }).toEqual(identity);
      },
    };
    const call = callOf({ requestHeaders: { "x-test": "1" } });
    expect(await contextOf([check], call)).toMatchObject(identity);
  });

  it("cannot write what is not there", async () => {
    const { pipeline, lines } = quietPipeline({
      hooks: [{ onRequestStart: (context) => void Object.assign(context, { userid: "u" }) }],
    });
    expect(errorOf(await pipeline.invoke(callOf())).code).toBe("internal");
    expect(lines[0]?.fields).toMatchObject({ error: { cause: expect.any(TypeError) } });
  });

  it("cannot write when it is over", async () => {
    const kept: StartContext[] = [];
    await contextOf([{ onRequestStart: (context) => void kept.push(context) }]);
    const [context] = kept;
    expect(() => Object.assign(context ?? {}, { userId: "late" })).toThrow(
      "the context is writable only until onRequestStart has ended",
    );
    expect(() => context?.set(createContextKey(""), "late")).toThrow("until onRequestStart");
  });
});

describe("onRequestStart that is too late", () => {
  it("cannot write any more", async () => {
    const attempts: unknown[] = [];
    const { pipeline } = quietPipeline({
      hooks: [
        {
          async onRequestStart(context) {
            await sleep(20);
            try {
              context.userId = "late";
            } catch (error) {
              attempts.push(error);
            }
          },
        },
      ],
    });
    const outcome = await pipeline.invoke(callOf({ budgetMs: 5 }));
    expect(errorOf(outcome).code).toBe("deadline_exceeded");
    await sleep(30);
    expect(attempts).toEqual([expect.any(TypeError)]);
  });
});

describe("attributes", () => {
  const role = createContextKey("guest", "role");
  const tags = createContextKey<readonly string[]>([], "tags");

  it("have the default of their key, and keys of one name don't clash", async () => {
    const context = await contextOf([
      { onRequestStart: (start) => start.set(createContextKey("", "role"), "other") },
    ]);
    expect(context.get(role)).toBe("guest");
  });

  it("go from onRequestStart to all that follows", async () => {
    const start: Hooks = {
      onRequestStart(context) {
        context.set(role, "admin");
        expect(context.get(role)).toBe("admin");
      },
    };
    expect((await contextOf([start])).get(role)).toBe("admin");
  });

  it("go from a middleware to what is inside of it, and no further", async () => {
    const seen: string[] = [];
    const note = (context: MiddlewareContext | ActionContext) =>
      void seen.push(`${context.get(role)} ${context.get(tags).join()}`);
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          echo: (_, context) => {
            note(context);
            return {};
          },
        }),
      ],
      middleware: [
        async (context, next) => {
          const response = await next(context.with(role, "user").with(tags, ["a"]));
          note(context);
          return response;
        },
        (context, next) => {
          note(context);
          return next(context.with(role, "admin"));
        },
      ],
    });
    await pipeline.invoke(callOf());
    expect(seen).toEqual(["user a", "admin a", "guest "]);
  });
});

describe("the trace id", () => {
  it("is that of a valid traceparent", async () => {
    const context = await contextOf([], callOf({ requestHeaders: { traceparent } }));
    expect(context.traceId).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
  });

  it("is random otherwise, and the same in the outcome", async () => {
    const { pipeline } = quietPipeline();
    const outcomes = await Promise.all([pipeline.invoke(callOf()), pipeline.invoke(callOf())]);
    const [one, other] = outcomes.map(({ traceId }) => traceId);
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(one).not.toBe(other);
  });

  const route = () => ({
    action: "echo",
    identity: { traceId: "d".repeat(32) },
    decode: () => ({ text: "", count: 0 }),
  });

  it("is the door's before a random one", async () => {
    expect((await contextOf([], callOf({ route }))).traceId).toBe("d".repeat(32));
  });

  it("is the caller's before the door's, and the hook's before all", async () => {
    const call = callOf({ route, requestHeaders: { traceparent } });
    expect((await contextOf([], call)).traceId).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
    const hook: Hooks = {
      onRequestStart: (context) => {
        context.traceId = "e".repeat(32);
      },
    };
    expect((await contextOf([hook], call)).traceId).toBe("e".repeat(32));
  });
});

describe("the log of a context", () => {
  it("carries trace id, door and action", async () => {
    const { pipeline, lines } = quietPipeline({
      actions: [
        notes({
          echo: (_, { log }) => {
            log.info("hello", { city: "Oslo" });
            return {};
          },
        }),
      ],
      hooks: [{ onRequestStart: ({ log }) => log.debug("start") }],
    });
    const { traceId } = await pipeline.invoke(callOf());
    expect(lines).toEqual([
      { level: "debug", message: "start", fields: { trace_id: traceId, door: "test" } },
      {
        level: "info",
        message: "hello",
        fields: { trace_id: traceId, door: "test", action: "echo", city: "Oslo" },
      },
    ]);
  });
});

function pick(from: object, like: object): object {
  return Object.fromEntries(Object.keys(like).map((key) => [key, Reflect.get(from, key)]));
}
