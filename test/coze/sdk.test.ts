import { CozeAPI } from "@coze/api";
import { cozeErrorOf } from "botwire/coze";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { events, type FakePlatform, ok, startPlatform } from "./fake-platform.ts";
import { alice, all, clientOf, errorOf } from "./support.ts";

let platform: FakePlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

const stream = "POST /v1/workflow/stream_run";
const last = () => platform.received.at(-1);

/** The SDK as it is, and as `context.coze.sdk` gives it. */
const bare = () => new CozeAPI({ token: "pat_x", baseURL: platform.url });
const bound = (ms = 10_000) =>
  clientOf(platform, {
    caller: { ...alice, deadline: Date.now() + ms, signal: AbortSignal.timeout(ms) },
  }).sdk(CozeAPI);

// Each of these shows what is wrong with the SDK, too, so that it is seen when it is mended there.
describe("the SDK", () => {
  it("has all of its resources, and sends its calls as others are", async () => {
    platform.routes["GET /v1/bots/7391"] = () => ok({ bot_id: "7391", name: "Almanac" });
    platform.fail("GET /v1/bots/7391", { status: 503 });
    expect(await bound().bots.retrieveNew("7391")).toMatchObject({ name: "Almanac" });
    expect(last()?.token).toBe("pat_0123456789abcdef");
    platform.routes["PUT /v1/variables"] = () => ok({});
    await bound().variables.update({ bot_id: "1", data: [{ keyword: "a", value: "b" }] });
    expect(last()?.body).toEqual({ bot_id: "1", data: [{ keyword: "a", value: "b" }] });
  });

  it("encodes what is in a query", async () => {
    platform.routes["GET /v1/datasets"] = () => ok({ dataset_list: [] });
    const params = { space_id: "s", name: "a&space_id=other#" };
    await bare().datasets.list(params);
    expect(last()?.query.getAll("space_id")).toEqual(["s", "other"]);
    await bound().datasets.list(params);
    expect(Object.fromEntries(last()?.query ?? [])).toEqual(params);
  });

  it("refuses ids that would call something else", async () => {
    platform.routes["GET /v1/conversation/retrieve"] = () => ok({ id: "1" });
    for (const id of ["1&conversation_id=2", "1#", "1 2", "1?a=b", "1=2"]) {
      expect(await errorOf(bound().conversations.retrieve(id))).toMatchObject({
        code: "invalid_argument",
      });
    }
    for (const id of ["../users/me", "a b", ""]) {
      expect(await errorOf(bound().conversations.clear(id))).toMatchObject({
        code: "invalid_argument",
      });
    }
    await bound().conversations.retrieve("7391234567890123456");
    expect(last()?.query.get("conversation_id")).toBe("7391234567890123456");
  });

  it("throws what breaks a stream", async () => {
    platform.routes[stream] = () => ({
      events: events(["Message", { content: "a" }]),
      end: "cut",
    });
    const broken = (api: CozeAPI) => all(api.workflows.runs.stream({ workflow_id: "w" }));
    expect(await broken(bare())).toHaveLength(1);
    expect(await errorOf(broken(bound()))).toMatchObject({ code: "unavailable" });
  });

  it("lets pings of a stream pass", async () => {
    platform.routes[stream] = () => ({
      events: events(["PING", ""], ["Message", { content: "a" }], ["Done", "{}"]),
    });
    const pinged = (api: CozeAPI) => all(api.workflows.runs.stream({ workflow_id: "w" }));
    await expect(pinged(bare())).rejects.toThrow("Could not parse message");
    expect(await pinged(bound())).toMatchObject([{ data: { content: "a" } }, { event: "Done" }]);
  });

  it("ends polls with the call", async () => {
    platform.routes["POST /v3/chat"] = () => ok({ id: "c", conversation_id: "v" });
    platform.routes["POST /v3/chat/retrieve"] = () => ok({ id: "c", status: "canceled" });
    const poll = bound(400).chat.createAndPoll({ bot_id: "b", user_id: "u" });
    expect(await errorOf(poll)).toMatchObject({ code: "deadline_exceeded" });
  });

  it("knows a rate limit when it sees one", async () => {
    const create = (api: CozeAPI) => api.chat.create({ bot_id: "b", user_id: "u" });
    const answer = (code: number) =>
      platform.fail("POST /v3/chat", { status: 200, body: { code, msg: "no" } });
    answer(4013);
    await expect(create(bare())).rejects.toMatchObject({ name: "RateLimitError" });
    answer(4013);
    expect(await errorOf(create(bound()))).toMatchObject({ code: "unavailable" });
    answer(4008);
    const error = await errorOf(create(bound()));
    expect(error).toMatchObject({ code: "resource_exhausted" });
    expect(cozeErrorOf(error)).toMatchObject({ code: 4008 });
  });

  it("still uploads files, and gets sounds, its own way", async () => {
    platform.routes["POST /v1/audio/speech"] = () => ({ events: "sound", type: "audio/mpeg" });
    const sound = await bound().audio.speech.create({ input: "hello", voice_id: "v" });
    expect(Buffer.from(sound).toString()).toBe("sound");
    expect(last()?.token).toBe("pat_0123456789abcdef");
  });
});
