import {
  ActionError,
  type ActionResponse,
  buildMiddlewareChain,
  type Middleware,
  type MiddlewareContext,
} from "botwire";
import { describe, expect, it, vi } from "vitest";
import { composeMiddleware } from "../../src/runtime/action/middleware.ts";
import { callOf, errorOf, messageOf, NoteSchema, notes, sleep } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

const textOf = (response: ActionResponse): string =>
  response.kind === "unary" ? NoteSchema.init(Object(response.message)).text : "";

/** A middleware that puts its mark around the answer. */
const mark =
  (name: string): Middleware =>
  async (_, next) => ({
    kind: "unary",
    message: { text: `${name}(${textOf(await next())})` },
  });

async function textThrough(...middleware: Middleware[]): Promise<unknown> {
  const { pipeline } = quietPipeline({ middleware });
  return messageOf(await pipeline.invoke(callOf()));
}

/** The cause of the internal error that a call ends with. */
async function causeOf(middleware: Middleware, action = "echo"): Promise<unknown> {
  const { pipeline } = quietPipeline({ middleware: [middleware] });
  return errorOf(await pipeline.invoke(callOf({ action }))).cause;
}

describe("middleware", () => {
  it("is an onion, the first outermost; what it answers is completed", async () => {
    expect(await textThrough(mark("a"), mark("b"))).toEqual({ text: "a(b(hello))", count: 0 });
  });

  it("refuses a call before anything of the request was read", async () => {
    const decode = vi.fn();
    const { pipeline } = quietPipeline({
      middleware: [
        () => {
          throw new ActionError("permission_denied", "not you");
        },
      ],
    });
    const outcome = await pipeline.invoke(callOf({ decode }));
    expect(outcome).toMatchObject({ ok: false, ran: false, error: { code: "permission_denied" } });
    expect(decode).not.toHaveBeenCalled();
  });

  it("reads the request as often as it wants; it is decoded once", async () => {
    const decode = vi.fn(() => sleep(1).then(() => NoteSchema.init({ text: "once" })));
    const requests: unknown[] = [];
    const read: Middleware = async (context, next) => {
      requests.push(...(await Promise.all([context.request(), context.request()])));
      return next();
    };
    const { pipeline } = quietPipeline({ middleware: [read, read] });
    expect(messageOf(await pipeline.invoke(callOf({ decode })))).toMatchObject({ text: "once" });
    expect(decode).toHaveBeenCalledOnce();
    expect(new Set(requests)).toEqual(new Set([{ text: "once", count: 0 }]));
  });

  it("gets every violation from request(), and so does the caller, once", async () => {
    const seen: unknown[] = [];
    const { pipeline } = quietPipeline({
      middleware: [
        async (context, next) => {
          await context.request().catch((error) => seen.push(error));
          context.request();
          return next();
        },
      ],
    });
    const outcome = await pipeline.invoke(callOf({ request: { text: "bad", count: -1 } }));
    expect(seen).toEqual([errorOf(outcome)]);
    expect(outcome).toMatchObject({ ran: true });
    expect(errorOf(outcome)).toMatchObject({
      code: "invalid_argument",
      violations: [
        { field: "text", rule: "string.not_bad", message: "must not be bad", forKey: false },
        { field: "count", rule: "int32.gte", message: "must be at least 0", forKey: false },
      ],
    });
    expect(errorOf(outcome).violations[0]?.violation?.field).toEqual([{ fieldName: "text" }]);
  });

  it("may answer before the handler does, and use what the handler gives then", async () => {
    const cached: unknown[] = [];
    const stale: Middleware = (_, next) => {
      next().then((response) => cached.push(textOf(response)));
      return { kind: "unary", message: { text: "stale" } };
    };
    const { pipeline, lines } = quietPipeline({
      actions: [notes({ echo: () => sleep(5).then(() => ({ text: "fresh" })) })],
      middleware: [stale],
    });
    expect(messageOf(await pipeline.invoke(callOf()))).toMatchObject({ text: "stale" });
    await sleep(20);
    expect(cached).toEqual(["fresh"]);
    expect(lines).toEqual([]);
  });

  it("may drop what next() rejects with", async () => {
    const drop: Middleware = (_, next) => {
      next();
      next();
      return { kind: "unary", message: { text: "dropped" } };
    };
    const { pipeline } = quietPipeline({
      actions: [notes({ echo: () => sleep(5).then(() => Promise.reject(new Error("lost"))) })],
      middleware: [drop],
    });
    expect(messageOf(await pipeline.invoke(callOf()))).toMatchObject({ text: "dropped" });
    await sleep(20);
  });

  it("doesn't start the handler after the deadline", async () => {
    const echo = vi.fn(() => ({}));
    const { pipeline } = quietPipeline({
      actions: [notes({ echo })],
      middleware: [
        async (_, next) => {
          await sleep(30);
          return next();
        },
      ],
    });
    expect(errorOf(await pipeline.invoke(callOf({ budgetMs: 10 }))).code).toBe("deadline_exceeded");
    await sleep(50);
    expect(echo).not.toHaveBeenCalled();
  });
});

describe("a middleware that is wrong", () => {
  it("and calls next() twice learns its name", async () => {
    async function greedy(...[, next]: Parameters<Middleware>) {
      await next();
      return next();
    }
    expect(await causeOf(greedy)).toEqual(
      new Error('middleware "greedy" called next() more than once'),
    );
    expect(await causeOf(async (_, next) => next().then(() => next()))).toEqual(
      new Error("a middleware without a name called next() more than once"),
    );
  });

  it("and returns nothing learns what to return", async () => {
    const nothing = vi.fn<Middleware>();
    const forgetful: Middleware = (...given) => nothing(...given);
    expect(await causeOf(forgetful)).toEqual(
      new TypeError(
        'middleware "forgetful" returned no response; a middleware returns what next() gives, or a response of its own',
      ),
    );
  });

  it("and makes up a context learns how to make one", async () => {
    const forger: Middleware = (context, next) => next({ ...context, ...methods });
    const methods: Pick<MiddlewareContext, "get" | "with" | "request" | "signal" | "log"> =
      Object.create(null);
    expect(await causeOf(forger)).toEqual(
      new TypeError(
        'middleware "forger" called next() with something that context.with() did not make',
      ),
    );
  });

  it("and answers a stream with one message, or the other way round, learns which is asked for", async () => {
    const unary: Middleware = () => ({ kind: "unary", message: {} });
    expect(await causeOf(unary, "repeat")).toEqual(
      new TypeError(
        "a middleware answered repeat with a unary response, but the action is server_streaming",
      ),
    );
    const stream: Middleware = () => ({ kind: "stream", messages: (async function* () {})() });
    expect(await causeOf(stream)).toEqual(
      new TypeError(
        "a middleware answered echo with a server_streaming response, but the action is unary",
      ),
    );
  });
});

describe("buildMiddlewareChain", () => {
  const mobile = mark("mobile");
  const audit = mark("audit");
  const chain = buildMiddlewareChain(({ deviceClass }) => [
    deviceClass === "mobile" ? mobile : null,
    audit,
    false,
    undefined,
  ]);

  it("chooses for each call, and drops what is none", async () => {
    const { pipeline } = quietPipeline({ middleware: [mark("first"), chain, mark("last")] });
    const from = async (deviceClass: string) =>
      messageOf(
        await pipeline.invoke(
          callOf({
            route: () => ({
              action: "echo",
              identity: { deviceClass },
              decode: () => NoteSchema.init({ text: "x" }),
            }),
          }),
        ),
      );
    expect(await from("desktop")).toMatchObject({ text: "first(audit(last(x)))" });
    expect(await from("mobile")).toMatchObject({ text: "first(mobile(audit(last(x))))" });
    expect(await from("mobile")).toMatchObject({ text: "first(mobile(audit(last(x))))" });
  });

  it("may choose none, chains, and functions that are made anew", async () => {
    const none = buildMiddlewareChain(() => []);
    const nested = buildMiddlewareChain(() => [chain, none, mark("new")]);
    expect(await textThrough(none, nested)).toMatchObject({ text: "audit(new(hello))" });
    expect(await textThrough(none, nested)).toMatchObject({ text: "audit(new(hello))" });
  });

  it("fails the call if the choice fails", async () => {
    const broken = buildMiddlewareChain(() => {
      throw new ActionError("unavailable", "no flags");
    });
    const { pipeline } = quietPipeline({ middleware: [broken] });
    expect(errorOf(await pipeline.invoke(callOf())).code).toBe("unavailable");
  });

  it("composes one list of functions once", async () => {
    const lists: (readonly Middleware[])[] = [];
    vi.resetModules();
    vi.doMock("../../src/runtime/action/middleware.ts", () => ({
      composeMiddleware: (list: readonly Middleware[]) => {
        lists.push(list);
        return composeMiddleware(list);
      },
    }));
    const fresh = await import("../../src/runtime/action/middleware-chain.ts");
    vi.doUnmock("../../src/runtime/action/middleware.ts");
    const flags = [true, false, true, false, true];
    const counted = fresh.buildMiddlewareChain(() => [flags.pop() ? mobile : null, audit]);
    for (let round = 0; round < 5; round += 1) {
      await textThrough(counted);
    }
    expect(lists).toEqual([[mobile, audit], [audit]]);
  });
});
