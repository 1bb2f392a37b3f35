import { describe, expect, it, vi } from "vitest";
import { callOf, errorOf, messageOf, NoteSchema, notes, sleep, streamOf } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

describe("a pipeline", () => {
  it("completes what a handler answers with", async () => {
    const { pipeline } = quietPipeline({ actions: [notes({ echo: () => ({ count: 3 }) })] });
    expect(messageOf(await pipeline.invoke(callOf()))).toEqual({ text: "", count: 3 });
  });

  it("completes each message once", async () => {
    const init = vi.spyOn(NoteSchema, "init");
    const { pipeline } = quietPipeline({ middleware: [(_, next) => next()] });
    const request = { count: 2 };
    await pipeline.invoke(callOf({ decode: () => request }));
    expect(init).toHaveBeenCalledTimes(1);
    const decode = () => ({ ...request, text: "" });
    const stream = streamOf(await pipeline.invoke(callOf({ action: "repeat", decode })));
    while ((await stream.next()).done !== true) {}
    expect(init).toHaveBeenCalledTimes(3);
    init.mockRestore();
  });

  it("fails a call whose handler answers with nothing", async () => {
    const nothing = vi.fn<() => object>();
    const { pipeline } = quietPipeline({ actions: [notes({ echo: nothing })] });
    expect(errorOf(await pipeline.invoke(callOf())).cause).toEqual(
      new TypeError(
        "the handler of echo answered with undefined; it has to be an object with the fields of test.v1.Note",
      ),
    );
  });

  it("takes any thenable for a promise, and no message with a field called then", async () => {
    const thenable: PromiseLike<object> = {
      // biome-ignore lint/suspicious/noThenProperty: query builders are such objects
      then: (...handlers) => Promise.resolve({ text: "then" }).then(...handlers),
    };
    const { pipeline } = quietPipeline({ actions: [notes({ echo: () => thenable })] });
    expect(messageOf(await pipeline.invoke(callOf()))).toMatchObject({ text: "then" });
    // biome-ignore lint/suspicious/noThenProperty: a hostile .proto may name a field so
    const message = { ...NoteSchema.init({ text: "field" }), then: "text" };
    const decoded = await pipeline.invoke(callOf({ decode: () => message }));
    expect(decoded.ok).toBe(true);
  });

  it("decodes a request that needs time", async () => {
    const { pipeline } = quietPipeline();
    const decode = () => sleep(1).then(() => NoteSchema.init({ text: "late" }));
    expect(messageOf(await pipeline.invoke(callOf({ decode })))).toMatchObject({ text: "late" });
    const refuse = () => sleep(1).then(() => Promise.reject(new Error("unreadable")));
    const outcome = await pipeline.invoke(callOf({ decode: refuse }));
    expect(outcome).toMatchObject({ ok: false, ran: true, error: { code: "internal" } });
  });

  it.each([
    ["at once", () => NoteSchema.init({ text: "bad" })],
    ["later", async () => NoteSchema.init({ text: "bad" })],
  ])("validates a request that is decoded %s", async (_, decode) => {
    const echo = vi.fn(() => ({}));
    const { pipeline } = quietPipeline({ actions: [notes({ echo })] });
    const outcome = await pipeline.invoke(callOf({ decode }));
    expect(errorOf(outcome)).toMatchObject({
      code: "invalid_argument",
      message: "text: must not be bad [string.not_bad]",
    });
    expect(outcome).toMatchObject({ ran: true });
    expect(echo).not.toHaveBeenCalled();
  });

  it("validates responses only if it is told to", async () => {
    const actions = [
      notes({ echo: () => ({ text: "bad" }), repeat: () => [{ text: "good" }, { text: "bad" }] }),
    ];
    const lax = quietPipeline({ actions }).pipeline;
    expect(messageOf(await lax.invoke(callOf()))).toMatchObject({ text: "bad" });

    const { pipeline, lines } = quietPipeline({ actions, validateResponses: true });
    expect(errorOf(await pipeline.invoke(callOf()))).toMatchObject({
      code: "internal",
      violations: [],
    });
    expect(lines[0]?.fields).toMatchObject({
      error: { cause: { message: "text: must not be bad [string.not_bad]" } },
    });
    const stream = streamOf(await pipeline.invoke(callOf({ action: "repeat" })));
    expect(await stream.next()).toMatchObject({ value: { text: "good" } });
    await expect(stream.next()).rejects.toMatchObject({ code: "internal" });
  });

  it("drains: it waits for calls in flight, streams included", async () => {
    const { pipeline } = quietPipeline({
      actions: [notes({ echo: () => sleep(10).then(() => ({})) })],
    });
    await pipeline.drain();
    const call = pipeline.invoke(callOf());
    const stream = streamOf(
      await pipeline.invoke(callOf({ action: "repeat", request: { count: 1 } })),
    );
    expect(pipeline.inFlight).toBe(2);
    const drained = vi.fn();
    const both = Promise.all([pipeline.drain().then(drained), pipeline.drain()]);
    await call;
    expect(drained).not.toHaveBeenCalled();
    await stream.next();
    await stream.next();
    await both;
    expect(pipeline.inFlight).toBe(0);
  });

  it("writes JSON lines to the standard output if it has no logger", async () => {
    const print = vi.spyOn(console, "log").mockImplementation(() => {});
    const { pipeline } = quietPipeline({
      log: undefined,
      actions: [notes({ echo: () => Promise.reject(new Error("disk full")) })],
    });
    const { traceId } = await pipeline.invoke(callOf());
    const [[line]] = print.mock.calls as [[string]];
    print.mockRestore();
    expect(JSON.parse(line)).toMatchObject({
      level: "error",
      message: "the call failed",
      action: "echo",
      door: "test",
      trace_id: traceId,
      error: { code: "internal", cause: { message: "disk full" } },
    });
  });
});
