import { createServer } from "node:http";
import { ActionError } from "botwire";
import { CozeApiError, cozeErrorOf, type TokenSource } from "botwire/coze";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordingLogger } from "../action/fixtures.ts";
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

describe("streams", () => {
  const stream = (answer: Awaited<ReturnType<FakePlatform["routes"][string]>>) => {
    platform.routes["POST /v1/workflow/stream_run"] = () => answer;
    platform.routes["POST /v3/chat"] = () => answer;
    const { workflows, chats } = clientOf(platform);
    return {
      workflow: () => all(workflows.stream("w")),
      chat: () => all(chats.stream({ messages: [{ content: "?" }] })),
    };
  };
  const delta = ["conversation.message.delta", { content: "a" }] as const;

  it("that are cut off fail, with what came before", async () => {
    for (const end of ["cut", undefined] as const) {
      const ending = end === undefined ? {} : { end };
      const { chat } = stream({ events: events(delta), ...ending });
      const { workflow } = stream({ events: events(["Message", { content: "a" }]), ...ending });
      expect(await errorOf(workflow())).toMatchObject({ code: "unavailable" });
      expect(await errorOf(chat())).toMatchObject({ code: "unavailable" });
      const seen: unknown[] = [];
      await errorOf(
        (async () => {
          for await (const event of clientOf(platform).workflows.stream("w")) {
            seen.push(event);
          }
        })(),
      );
      expect(seen).toMatchObject([{ content: "a" }]);
    }
  });

  it("fail as the platform says", async () => {
    const { chat } = stream({
      events: events(delta, ["error", { code: 4013, msg: "the model failed" }]),
    });
    const failure = await errorOf(chat());
    expect(failure).toMatchObject({ code: "unavailable" });
    expect(cozeErrorOf(failure)).toMatchObject({ code: 4013, platformMessage: "the model failed" });
    const { workflow } = stream({
      events: events(["Error", { error_code: 4000, error_message: "city is required" }]),
    });
    expect(await errorOf(workflow())).toMatchObject({ code: "invalid_argument" });
  });

  it("may be refusals, in JSON or in the guise of a stream", async () => {
    for (const answer of [
      { json: { code: 4101, msg: "no permission" } },
      { events: '{"code":4101,"msg":"no permission"}' },
    ]) {
      const { workflow } = stream(answer);
      const error = await errorOf(workflow());
      expect(error).toMatchObject({ code: "permission_denied" });
      expect(cozeErrorOf(error)).toMatchObject({ code: 4101, platformMessage: "no permission" });
    }
  });

  it("that are none are an error", async () => {
    for (const answer of [{ json: { code: 0 } }, { events: events(["Message", "no JSON"]) }]) {
      const { workflow } = stream(answer);
      expect(await errorOf(workflow())).toMatchObject({ code: "internal" });
    }
  });

  it("carry several lines of data, and each event stays as it was", async () => {
    const { workflow } = stream({
      events:
        'event: Message\r\ndata: {"content":\r\ndata: "a"}\r\n\r\nevent: Message\ndata: {"content":"b"}\n\nevent: Done\ndata: {}\n\n',
    });
    const [first, second] = await workflow();
    expect([first, second]).toMatchObject([{ content: "a" }, { content: "b" }]);
  });

  it("let go of the connection when nobody reads on", async () => {
    let closed: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = createServer((request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(events(["Message", { content: "a" }]));
      request.socket.on("close", closed);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const client = clientOf(platform, { baseUrl: `http://127.0.0.1:${port}` });
    for await (const event of client.workflows.stream("w")) {
      expect(event.kind).toBe("message");
      break;
    }
    await ended;
    server.close();
  });
});

describe("what others wrote", () => {
  it("cannot call anything else by an id", async () => {
    const hostile = "1&bot_id=2#x/../../y?z=ü";
    platform.routes["GET /v1/conversation/retrieve"] = ({ query }) =>
      ok({ id: query.get("conversation_id") });
    const client = clientOf(platform);
    expect((await client.conversations.get(hostile)).id).toBe(hostile);
    expect([...(platform.received[0]?.query.keys() ?? [])]).toEqual(["conversation_id"]);
    await errorOf(client.knowledge.images(hostile));
    expect(platform.received.at(-1)?.operation).toBe(
      `GET /v1/datasets/${encodeURIComponent(hostile)}/images`,
    );
    for (const id of ["..", ".", ""]) {
      expect(await errorOf(client.knowledge.images(id))).toMatchObject({
        code: "invalid_argument",
      });
    }
    expect(platform.received).toHaveLength(2);
  });

  it("is never trusted to have a shape", async () => {
    for (const json of [
      "[]",
      "no JSON",
      { code: 0 },
      { code: 0, data: [] },
      { code: 0, data: null },
    ]) {
      platform.routes[me] = () => ({ json });
      expect(await errorOf(clientOf(platform).users.me())).toMatchObject({ code: "internal" });
    }
    platform.routes["GET /v1/variables"] = () => ok({ items: [1] });
    expect(await errorOf(clientOf(platform).variables.list())).toMatchObject({ code: "internal" });
    platform.routes["GET /v1/variables"] = () => ok({ items: [{ keyword: 1, create_time: "x" }] });
    expect(await clientOf(platform).variables.list()).toMatchObject([
      { name: "1", value: "", createdAt: undefined },
    ]);
  });

  it("doesn't take tokens to another host", async () => {
    await using other = await startPlatform();
    platform.fail(me, { status: 302, headers: { location: `${other.url}/v1/users/me` } });
    await errorOf(clientOf(platform, { retries: 0 }).users.me());
    expect(other.received).toEqual([]);
  });
});

describe("errors", () => {
  it("have a fitting code, and what the platform's support asks for", async () => {
    const expected = {
      4000: "invalid_argument",
      4008: "resource_exhausted",
      4009: "unavailable",
      4013: "unavailable",
      4015: "failed_precondition",
      4016: "aborted",
      4028: "resource_exhausted",
      4101: "permission_denied",
      4200: "not_found",
      5000: "unavailable",
      999999: "unknown",
    };
    for (const [code, wanted] of Object.entries(expected)) {
      platform.fail(run, { status: 200, body: { code: Number(code), msg: "words\nof it" } });
      const error = await errorOf(clientOf(platform).workflows.run("w"));
      expect(error.code, code).toBe(wanted);
      expect(error.message).not.toContain("words");
      expect(error.cause).toBeInstanceOf(CozeApiError);
      expect(error.cause).toMatchObject({
        message: `POST /v1/workflow/run: words of it (HTTP 200, code ${code}, log id ${logId})`,
        code: Number(code),
        logId,
      });
    }
  });

  it("never hold a token", async () => {
    const secret = "pat_0123456789abcdef";
    const failures: unknown[] = [];
    platform.tokens.add("another");
    failures.push(await errorOf(clientOf(platform).users.me()));
    platform.tokens.clear();
    platform.fail(run, {
      status: 400,
      body: { code: 4000, msg: `Bearer ${secret} and sat_abcdefgh123` },
    });
    failures.push(await errorOf(clientOf(platform).workflows.run("w")));
    platform.fail(run, "cut");
    failures.push(await errorOf(clientOf(platform).workflows.run("w")));
    const badly = () => ({ get: async () => `${secret}\n`, reject() {} });
    failures.push(await errorOf(clientOf(platform, { credentials: badly }).users.me()));
    const failing = () => ({
      get: async () => {
        throw new Error("the vault is sealed");
      },
      reject() {},
    });
    failures.push(await errorOf(clientOf(platform, { credentials: failing }).users.me()));
    for (const failure of failures) {
      for (let error = failure; error instanceof Error; error = error.cause) {
        const text = `${error.stack} ${JSON.stringify(error)}`;
        expect(text).not.toMatch(/0123456789|sat_abc/);
      }
    }
    expect(failures).toMatchObject([
      { code: "internal" },
      { code: "invalid_argument" },
      { code: "unavailable" },
      { code: "internal", message: "this server has no token for the bot platform" },
      { code: "internal" },
    ]);
  });

  it("are written down, since callers are all that would know of them", async () => {
    const { log, lines } = recordingLogger();
    const client = clientOf(platform, { caller: { ...alice, log } });
    platform.fail(run, { status: 200, body: { code: 4101, msg: "no permission" } });
    await errorOf(client.workflows.run("w"));
    platform.fail(run, "cut");
    await errorOf(client.workflows.run("w"));
    platform.routes["POST /v3/chat"] = () => ({
      events: events(["error", { code: 4013, msg: "the model failed" }]),
    });
    await errorOf(all(client.chats.stream({ messages: [] })));
    platform.routes["POST /v3/chat"] = () => ({ events: "" });
    await errorOf(all(client.chats.stream({ messages: [] })));
    const get = () => Promise.reject(new Error("the vault is sealed"));
    const credentials = () => ({ get, reject() {} });
    await errorOf(clientOf(platform, { credentials, caller: { ...alice, log } }).users.me());
    const operation = "POST /v1/workflow/run";
    const chat = "POST /v3/chat";
    expect(lines.map(({ fields }) => fields)).toMatchObject([
      { operation, code: "permission_denied", platform_code: 4101, platform_log_id: logId },
      { operation, code: "unavailable", reason: expect.stringContaining(`${operation}: `) },
      { operation: chat, platform_code: 4013, platform_log_id: logId },
      { operation: chat, reason: "POST /v3/chat: the stream ended before its last event" },
      { operation: "GET /v1/users/me", code: "internal", reason: "the vault is sealed" },
    ]);
    expect(lines[0]).toMatchObject({ message: "a call of the bot platform failed" });
  });

  it("that come from elsewhere have no answer of the platform", () => {
    const circle = new Error("a");
    circle.cause = circle;
    expect(cozeErrorOf(circle)).toBeUndefined();
    expect(cozeErrorOf(new ActionError("internal", "b"))).toBeUndefined();
  });
});
