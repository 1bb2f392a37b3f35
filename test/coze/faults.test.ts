import { cozeErrorOf, type TokenSource } from "botwire/coze";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { events, type FakePlatform, logId, ok, startPlatform } from "./fake-platform.ts";
import { alice, all, clientOf, errorOf } from "./support.ts";

let platform: FakePlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());
beforeEach(() => {
  platform.received.length = 0;
  platform.tokens.clear();
  platform.routes["GET /v1/users/me"] = () => ok({ user_id: "u1" });
  platform.routes["POST /v1/workflow/run"] = () => ({ json: { code: 0, data: "{}" } });
});

const me = "GET /v1/users/me";
const run = "POST /v1/workflow/run";
const within = (ms: number) => ({
  ...alice,
  deadline: Date.now() + ms,
  signal: AbortSignal.timeout(ms),
});

/** A source that gives out tokens by name, the next one after each that was refused. */
function tokensInOrder(...names: string[]): () => TokenSource {
  return () => ({
    get: async () => names[0] ?? "pat_none_left",
    reject(token) {
      if (names[0] === token) {
        names.shift();
      }
    },
  });
}

describe("a token that ends in mid-flight", () => {
  it("is replaced once, for calls that may be repeated and those that may not", async () => {
    for (const call of ["run", "me"] as const) {
      platform.tokens.clear();
      platform.tokens.add("pat_token_two");
      const client = clientOf(platform, {
        credentials: tokensInOrder("pat_token_one", "pat_token_two"),
      });
      await (call === "run" ? client.workflows.run("w") : client.users.me());
      expect(platform.received.map(({ token }) => token)).toEqual([
        "pat_token_one",
        "pat_token_two",
      ]);
      platform.received.length = 0;
    }
  });

  it("is the server's problem if no other is better", async () => {
    platform.tokens.add("pat_another_one");
    const credentials = tokensInOrder("pat_token_one", "pat_token_two", "pat_token_three");
    const error = await errorOf(clientOf(platform, { credentials }).users.me());
    expect(error).toMatchObject({
      code: "internal",
      message: "the bot platform refuses this server's credentials",
    });
    expect(cozeErrorOf(error)).toMatchObject({ status: 401, code: 700012006, logId });
    expect(platform.count(me)).toBe(2);
  });

  it("is known by the platform's code as well", async () => {
    platform.fail(me, { status: 200, body: { code: 4100, msg: "authentication is invalid" } });
    const credentials = tokensInOrder("pat_token_one", "pat_token_two");
    await clientOf(platform, { credentials }).users.me();
    expect(platform.received.map(({ token }) => token)).toEqual(["pat_token_one", "pat_token_two"]);
  });
});

describe("calls that may be repeated", () => {
  it.each([
    ["an error of the server", { status: 500, body: "<html>" }],
    ["a gateway's error", { status: 502, body: "<html>bad gateway</html>" }],
    ["a code for a busy system", { status: 200, body: { code: 4009, msg: "busy" } }],
    ["a broken connection", "cut"],
  ] as const)("are repeated after %s", async (_, fault) => {
    platform.fail(me, fault, fault);
    expect(await clientOf(platform).users.me()).toMatchObject({ userId: "u1" });
    expect(platform.count(me)).toBe(3);
  });

  it("are repeated as often as the options say", async () => {
    const fault = { status: 503 };
    platform.fail(me, fault, fault, fault, fault);
    expect(await errorOf(clientOf(platform).users.me())).toMatchObject({ code: "unavailable" });
    expect(platform.count(me)).toBe(3);
    platform.fail(me, fault);
    await errorOf(clientOf(platform, { retries: 0 }).users.me());
    expect(platform.count(me)).toBe(4);
  });

  it("wait as long as Retry-After says", async () => {
    platform.fail(me, { status: 429, headers: { "retry-after": "0.6" } });
    const start = performance.now();
    await clientOf(platform).users.me();
    expect(performance.now() - start).toBeGreaterThan(590);
  });

  it("fail at once if there is no time to wait", async () => {
    const soon = new Date(Date.now() + 90_000).toUTCString();
    platform.fail(me, { status: 429, headers: { "retry-after": soon }, body: { code: 4020 } });
    const error = await errorOf(clientOf(platform, { caller: within(5_000) }).users.me());
    expect(error).toMatchObject({ code: "resource_exhausted" });
    expect(error.retryAfterMs).toBeGreaterThan(80_000);
    expect(platform.count(me)).toBe(1);
  });

  it("are not repeated where that helps nothing", async () => {
    for (const code of [4000, 4101, 4200, 4008]) {
      platform.fail(me, { status: 200, body: { code, msg: "no" } });
      await errorOf(clientOf(platform).users.me());
    }
    expect(platform.count(me)).toBe(4);
  });
});

describe("calls that may not be repeated", () => {
  it("are not, unless the platform did not begin", async () => {
    for (const fault of [{ status: 500 }, { status: 503 }, "cut"] as const) {
      platform.fail(run, fault);
      expect(await errorOf(clientOf(platform).workflows.run("w"))).toMatchObject({
        code: "unavailable",
      });
    }
    expect(platform.count(run)).toBe(3);
    platform.fail(run, { status: 429 });
    await clientOf(platform).workflows.run("w");
    expect(platform.count(run)).toBe(5);
  });
});

describe("deadline and signal", () => {
  it("end a call that hangs", async () => {
    platform.fail(me, "hang");
    const start = performance.now();
    expect(await errorOf(clientOf(platform, { caller: within(150) }).users.me())).toMatchObject({
      code: "deadline_exceeded",
    });
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it("end the pause before a repetition", async () => {
    platform.fail(me, { status: 429, headers: { "retry-after": "30" } });
    const stop = new AbortController();
    const failed = errorOf(
      clientOf(platform, { caller: { ...alice, signal: stop.signal } }).users.me(),
    );
    setTimeout(() => stop.abort(), 100);
    expect(await failed).toMatchObject({ code: "canceled" });
  });

  it("end a stream that is silent, and polls", async () => {
    platform.routes["POST /v1/workflow/stream_run"] = () => ({
      events: events(["Message", { content: "a" }]),
      end: "hang",
    });
    const { workflows } = clientOf(platform, { caller: within(200) });
    expect(await errorOf(all(workflows.stream("w")))).toMatchObject({ code: "deadline_exceeded" });

    platform.routes["GET /v3/chat/retrieve"] = () => ok({ id: "c", status: "in_progress" });
    const { chats } = clientOf(platform, { caller: within(300) });
    expect(await errorOf(chats.wait({ id: "c" }))).toMatchObject({ code: "deadline_exceeded" });
    expect(platform.count("GET /v3/chat/retrieve")).toBe(1);
  });

  it("of a streaming action hold for its first message only, so its signal counts", async () => {
    let asked = 0;
    platform.routes["GET /v3/chat/retrieve"] = () =>
      ok({ id: "c", status: asked++ === 0 ? "in_progress" : "completed" });
    const caller = { ...alice, deadline: Date.now() - 1_000 };
    expect(await errorOf(clientOf(platform, { caller }).chats.wait({ id: "c" }))).toMatchObject({
      code: "deadline_exceeded",
    });
    asked = 0;
    const streaming = { ...caller, action: { kind: "server_streaming" } };
    expect(await clientOf(platform, { caller: streaming }).chats.wait({ id: "c" })).toMatchObject({
      status: "completed",
    });
  });

  it("hold before anything is sent", async () => {
    const caller = { ...alice, signal: AbortSignal.abort() };
    expect(await errorOf(clientOf(platform, { caller }).users.me())).toMatchObject({
      code: "canceled",
    });
    expect(platform.received).toEqual([]);
  });
});
