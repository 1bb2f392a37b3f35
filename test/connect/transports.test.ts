import { ActionError } from "botwire";
import { createActionClient, traceIdOf } from "botwire/client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { everything } from "./everything.ts";
import { WireService } from "./generated/actions/wire/v1/wire.connect.ts";
import { EverythingSchema } from "./generated/actions/wire/v1/wire.ts";
import { caller, type OpenTransport, transports } from "./transports.ts";

/** The error that a call fails with. */
async function failure(call: Promise<unknown>): Promise<ActionError> {
  const reason = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(reason instanceof ActionError)) {
    throw new Error("the call did not fail with an ActionError", { cause: reason });
  }
  return reason;
}

/** Reads a stream of numbers, and the error that it ended with. */
async function drain(stream: AsyncIterable<{ number: bigint }>) {
  const numbers: number[] = [];
  const end = (async () => {
    for await (const { number } of stream) {
      numbers.push(Number(number));
    }
  })();
  const error = await end.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { numbers, error: error instanceof ActionError ? error : undefined };
}

describe.each(Object.entries(transports))("%s", (_name, open) => {
  let bot: OpenTransport;
  const client = () => createActionClient(WireService, bot.transport);

  beforeAll(async () => {
    bot = await open();
  });
  afterAll(() => bot.close());

  it("carries every kind of field", async () => {
    const answer = await client().echo({ everything });
    expect(answer.everything).toEqual(EverythingSchema.init(everything));
  });

  it.each([
    { $case: "word", value: "" },
    { $case: "number", value: 0n },
    { $case: "nested", value: { text: "nested" } },
    { $case: "nothing", value: {} },
  ] as const)("carries the oneof's $$case", async (choice) => {
    const answer = await client().echo({ everything: { choice } });
    expect(answer.everything?.choice).toEqual(EverythingSchema.init({ choice }).choice);
  });

  it("completes what is left out", async () => {
    const answer = await client().echo({});
    expect(answer.everything).toBeUndefined();
    expect((await client().echo({ everything: {} })).everything).toEqual(EverythingSchema.init());
  });

  it("sends headers and gives those of the answer", async () => {
    const onHeader = vi.fn<(headers: Headers) => void>();
    const headers = { "x-sent": "1" };
    const answer = await client().echo({ headers: ["x-sent"] }, { headers, onHeader });
    expect(answer.headers).toEqual({ "x-sent": "1" });
    expect(onHeader).toHaveBeenCalledOnce();
    const got = onHeader.mock.calls[0]?.[0];
    expect(got?.get("x-tag")).toBe("good");
    expect(got?.get("x-trace-id")).toMatch(/^[0-9a-f]{32}$/);
  });

  it("says who is calling", async () => {
    const headers = {
      "x-bot-id": "b",
      "x-user-id": "u",
      "x-conversation-id": "c",
      "accept-language": "zh-CN, en;q=0.5",
      "x-device-class": "mobile",
    };
    const answer = await client().echo({}, { headers });
    expect(answer.caller).toEqual(caller);
  });

  it("fails with the handler's error", async () => {
    const error = await failure(client().fail({ code: "not_found", message: "no such 城市" }));
    expect(error.code).toBe("not_found");
    expect(error.message).toBe("no such 城市");
    expect(error.violations).toEqual([]);
    expect(traceIdOf(error)).toMatch(/^[0-9a-f]{32}$/);
    expect(error.metadata.get("x-tag")).toBe("bad");
  });

  it("does not show what a handler throws", async () => {
    const error = await failure(client().fail({ code: "throw" }));
    expect(error).toMatchObject({ code: "internal", message: "internal error" });
  });

  it("fails with every violation", async () => {
    const error = await failure(client().fail({ code: "", tags: ["ok", "long", "longer"] }));
    expect(error.code).toBe("invalid_argument");
    expect(error.violations.map(({ field, rule, forKey }) => ({ field, rule, forKey }))).toEqual([
      { field: "code", rule: "string.min_len", forKey: false },
      { field: "tags[1]", rule: "string.max_len", forKey: false },
      { field: "tags[2]", rule: "string.max_len", forKey: false },
    ]);
  });

  it("fails with a great many violations", async () => {
    const tags = Array.from({ length: 2000 }, () => "long");
    const error = await failure(client().fail({ code: "x", tags }));
    expect(error.code).toBe("invalid_argument");
    expect(error.message).toContain("and 1999 more violations");
    expect(error.violations.length).toBeGreaterThan(20);
  });

  it("ends when the caller's time is up", async () => {
    const aborted = bot.seen.aborted;
    const started = performance.now();
    const error = await failure(client().wait({ waitMs: 5000 }, { timeoutMs: 100 }));
    expect(error.code).toBe("deadline_exceeded");
    expect(performance.now() - started).toBeLessThan(2000);
    await vi.waitFor(() => expect(bot.seen.aborted).toBe(aborted + 1));
  });

  it("ends when the caller gives up", async () => {
    const aborted = bot.seen.aborted;
    const caller = new AbortController();
    const call = failure(client().wait({ waitMs: 5000 }, { signal: caller.signal }));
    setTimeout(() => caller.abort(), 100);
    expect((await call).code).toBe("canceled");
    await vi.waitFor(() => expect(bot.seen.aborted).toBe(aborted + 1));
  });

  it("does not call when the caller gave up before", async () => {
    const error = await failure(client().wait({}, { signal: AbortSignal.abort() }));
    expect(error.code).toBe("canceled");
  });

  it("streams messages as they come", async () => {
    const onHeader = vi.fn<(headers: Headers) => void>();
    const started = performance.now();
    const at: number[] = [];
    for await (const { number } of client().count({ to: 3, intervalMs: 60 }, { onHeader })) {
      expect(number).toBe(BigInt(at.length + 1));
      at.push(performance.now() - started);
    }
    expect(at).toHaveLength(3);
    expect(at[2] ?? 0).toBeGreaterThan((at[0] ?? 0) + 50);
    expect(onHeader.mock.calls[0]?.[0].get("x-tag")).toBe("good");
  });

  it("streams nothing", async () => {
    expect(await drain(client().count({ to: 0 }))).toEqual({ numbers: [], error: undefined });
  });

  it("ends a stream with the handler's error", async () => {
    const { numbers, error } = await drain(client().count({ to: 5, failAfter: 2 }));
    expect(numbers).toEqual([1, 2]);
    expect(error).toMatchObject({ code: "data_loss", message: "lost count" });
    expect(error && traceIdOf(error)).toMatch(/^[0-9a-f]{32}$/);
  });

  it("refuses an invalid request of a stream", async () => {
    const { numbers, error } = await drain(client().count({ to: 1001 }));
    expect(numbers).toEqual([]);
    expect(error?.code).toBe("invalid_argument");
    expect(error?.violations).toMatchObject([{ field: "to", rule: "uint32.lte" }]);
  });

  it("closes a stream that nobody reads any more", async () => {
    const closed = bot.seen.closed;
    for await (const _ of client().count({ to: 1000, intervalMs: 5 })) {
      break;
    }
    await vi.waitFor(() => expect(bot.seen.closed).toBe(closed + 1));
  });

  it("ends a stream when the caller's time is up", async () => {
    const closed = bot.seen.closed;
    const { numbers, error } = await drain(
      client().count({ to: 1000, intervalMs: 20 }, { timeoutMs: 150 }),
    );
    expect(numbers.length).toBeGreaterThan(0);
    expect(error?.code).toBe("deadline_exceeded");
    await vi.waitFor(() => expect(bot.seen.closed).toBe(closed + 1));
  });
});
