import { ActionError } from "botwire";
import { CozeApiError, cozeErrorOf } from "botwire/coze";
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
