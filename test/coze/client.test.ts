import { type ActionContext, type ContextKey, createContextKey, implement } from "botwire";
import { createCozePlatform, personalToken } from "botwire/coze";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { callOf, messageOf, NoteService } from "../action/fixtures.ts";
import { quietPipeline } from "../action/quiet.ts";
import { events, type FakePlatform, ok, startPlatform } from "./fake-platform.ts";
import { alice, all, clientOf, errorOf } from "./support.ts";

let platform: FakePlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

const last = () => platform.received.at(-1);

describe("context.coze", () => {
  it("reads and writes the variables of the caller", async () => {
    const store = new Map([["city", "Beijing & 上海"]]);
    platform.routes["GET /v1/variables"] = ({ query }) =>
      ok({
        items: (query.get("keywords") ?? [...store.keys()].join())
          .split(",")
          .filter((name) => store.has(name))
          .map((keyword) => ({
            keyword,
            value: store.get(keyword),
            create_time: 0,
            update_time: 1_760_000_000,
          })),
      });
    platform.routes["PUT /v1/variables"] = ({ body }) => {
      const data = body["data"] as { keyword: string; value: string }[];
      for (const { keyword, value } of data) {
        store.set(keyword, value);
      }
      return ok(undefined);
    };
    const service = implement(
      NoteService,
      {
        async echo({ text }, context) {
          expectTypeOf(context).toExtend<ActionContext>();
          const city = await context.coze.variables.get("city");
          await context.coze.variables.set({ city: text });
          return { text: `${city} -> ${await context.coze.variables.get("city")}` };
        },
        *repeat() {},
      },
      {
        coze: createCozePlatform({
          baseUrl: platform.url,
          credentials: personalToken("pat_0123456789abcdef"),
        }),
      },
    );
    const { pipeline } = quietPipeline({ actions: [service] });
    const { authenticated = false, botId = "", userId = "" } = alice;
    const outcome = await pipeline.invoke(
      callOf({
        route: () => ({
          action: "echo",
          identity: { authenticated, botId, userId, connectorId: "10000011" },
          decode: () => ({ text: "Paris", count: 0 }),
        }),
      }),
    );
    expect(messageOf(outcome)).toMatchObject({ text: "Beijing & 上海 -> Paris" });
    const asked = { bot_id: "7391", connector_uid: "alice", connector_id: "10000011" };
    expect(Object.fromEntries(last()?.query ?? [])).toEqual({ ...asked, keywords: "city" });
    expect(platform.received.find(({ operation }) => operation.startsWith("PUT"))?.body).toEqual({
      ...asked,
      data: [{ keyword: "city", value: "Paris" }],
    });
    expect(last()?.headers).toMatchObject({ authorization: "Bearer pat_0123456789abcdef" });

    const { variables } = clientOf(platform);
    expect(await variables.get("unknown")).toBeUndefined();
    expect(await variables.list()).toEqual([
      {
        name: "city",
        value: "Paris",
        createdAt: undefined,
        updatedAt: new Date(1_760_000_000_000),
      },
    ]);
  });

  it("reads the conversation, and all of its messages page by page", async () => {
    platform.routes["GET /v1/conversation/retrieve"] = ({ query }) =>
      ok({
        id: query.get("conversation_id"),
        created_at: 1_760_000_000,
        meta_data: { shop: "7", odd: 1 },
        last_section_id: "7500",
      });
    const message = (id: number) => ({
      id: String(id),
      conversation_id: "7400",
      role: "user",
      type: "question",
      content: `message ${id}`,
      content_type: "text",
      meta_data: {},
      created_at: 1_760_000_000 + id,
    });
    platform.routes["POST /v1/conversation/message/list"] = ({ body }) => {
      const from = Number(body["after_id"] ?? 0) + 1;
      const page = [from, from + 1].map(message);
      const more = { first_id: page[0]?.id, last_id: page[1]?.id, has_more: from < 5 };
      return ok(page, more);
    };
    const { conversations } = clientOf(platform);
    expect(await conversations.get()).toEqual({
      id: "7400",
      createdAt: new Date(1_760_000_000_000),
      metadata: { shop: "7" },
      lastSectionId: "7500",
    });
    expect((await conversations.get("9")).id).toBe("9");
    expect(await conversations.messages({ limit: 2, order: "asc" })).toMatchObject({
      messages: [{ id: "1", content: "message 1", role: "user" }, { id: "2" }],
      lastId: "2",
      hasMore: true,
    });
    expect(last()?.body).toEqual({ limit: 2, order: "asc" });
    const history = await all(conversations.history());
    expect(history.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5", "6"]);
  });

  it("doesn't follow pages that lead nowhere", async () => {
    platform.routes["POST /v1/conversation/message/list"] = () =>
      ok([{ id: "1" }], { last_id: "1", has_more: true });
    expect(await all(clientOf(platform).conversations.history())).toHaveLength(2);
  });

  it("reads the profile of the user, ids in full however they come", async () => {
    platform.routes["GET /v1/users/me"] = () => ({
      json: '{"code":0,"data":{"user_id":7391234567890123456,"user_name":"a","nick_name":"A","avatar_url":"u"}}',
    });
    expect(await clientOf(platform).users.me()).toEqual({
      userId: "7391234567890123456",
      userName: "a",
      nickName: "A",
      avatarUrl: "u",
    });
  });

  it("runs workflows, their output checked and typed by a schema", async () => {
    const titleOf = {
      "~standard": {
        validate: (value: unknown) =>
          typeof value === "object" && value !== null && "title" in value
            ? { value: String(value.title) }
            : { issues: [{ message: "no title" }] },
      },
    };
    platform.routes["POST /v1/workflow/run"] = ({ body }) => ({
      json: {
        code: 0,
        data: body["workflow_id"] === "text" ? "just text" : '{"title":"T"}',
        debug_url: "https://debug",
        execute_id: "",
        usage: { token_count: 5, input_count: 2, output_count: 3 },
      },
    });
    const { workflows } = clientOf(platform);
    const result = await workflows.run("w1", { city: "Paris" }, { output: titleOf });
    expectTypeOf(result.output).toEqualTypeOf<string>();
    expect(result).toEqual({
      output: "T",
      interrupt: undefined,
      executeId: "",
      debugUrl: "https://debug",
      usage: { total: 5, input: 2, output: 3 },
    });
    expect(last()?.body).toEqual({
      workflow_id: "w1",
      parameters: { city: "Paris" },
      bot_id: "7391",
      ext: { user_id: "alice" },
    });
    const untyped = await workflows.run("text", {}, { appId: "app" });
    expectTypeOf(untyped.output).toEqualTypeOf<unknown>();
    expect(untyped.output).toBe("just text");
    expect(last()?.body).not.toHaveProperty("bot_id");
    expect(await errorOf(workflows.run("text", {}, { output: titleOf }))).toMatchObject({
      code: "internal",
      message: "the workflow's output is not what it should be",
    });
  });

  it("runs workflows in the background, and waits for them", async () => {
    platform.routes["POST /v1/workflow/run"] = ({ body }) => ({
      json: { code: 0, execute_id: body["is_async"] === true ? "e 1" : "" },
    });
    let asked = 0;
    platform.routes["GET /v1/workflows/w%2F1/run_histories/e%201"] = () =>
      ok([
        asked++ < 1
          ? { execute_status: "Running" }
          : { execute_status: "Success", output: '{"Output":"{\\"n\\":1}"}', error_code: "0" },
      ]);
    const { workflows } = clientOf(platform);
    const id = await workflows.start("w/1");
    expect(await workflows.wait("w/1", id)).toMatchObject({
      status: "succeeded",
      output: { n: 1 },
      errorCode: "",
    });
  });

  it("asks a coze-studio for runs where that has them", async () => {
    await using studio = await startPlatform();
    studio.routes["GET /v1/workflow/get_run_history"] = ({ query }) =>
      ok([{ execute_status: "Fail", error_code: "777", output: query.get("execute_id") }]);
    studio.fail("GET /v1/workflows/w/run_histories/e", { status: 404, body: "404 page not found" });
    const { workflows } = clientOf(platform, { baseUrl: studio.url });
    expect(await workflows.progress("w", "e")).toMatchObject({
      status: "failed",
      errorCode: "777",
    });
    // One that knows the path, but not the run, is not asked again.
    expect(await errorOf(workflows.progress("w", "e"))).toMatchObject({ code: "not_found" });
    expect(studio.received).toHaveLength(3);
  });

  it("streams what the nodes of a workflow say, and resumes it", async () => {
    platform.routes["POST /v1/workflow/stream_run"] = () => ({
      events: events(
        ["Message", { content: "wh", node_title: "Output", node_seq_id: "0" }],
        ["PING", ""],
        [
          "Message",
          { content: "y?", node_title: "Output", node_seq_id: "1", node_is_finish: true },
        ],
        ["Surprise", { content: "unknown events are left out" }],
        [
          "Interrupt",
          { interrupt_data: { event_id: "e/9", type: 2, data: "why?" }, node_title: "Ask" },
        ],
      ),
    });
    platform.routes["POST /v1/workflow/stream_resume"] = () => ({
      events: events(
        ["Message", { content: '{"output":"because"}', node_is_finish: true }],
        ["Done", { debug_url: "https://debug" }],
      ),
    });
    const { workflows } = clientOf(platform);
    const seen = await all(workflows.stream("w1"));
    expect(seen).toMatchObject([
      { kind: "message", content: "wh", part: 0, finished: false, nodeTitle: "Output" },
      { kind: "message", content: "y?", part: 1, finished: true },
      { kind: "interrupt", interrupt: { eventId: "e/9", kind: "question", data: "why?" } },
    ]);
    const [, , interrupted] = seen;
    if (interrupted?.kind !== "interrupt") {
      throw new Error("no interrupt");
    }
    expect(await all(workflows.resume("w1", interrupted.interrupt, "because"))).toMatchObject([
      { kind: "message", content: '{"output":"because"}' },
      { kind: "done", debugUrl: "https://debug" },
    ]);
    expect(last()?.body).toEqual({
      workflow_id: "w1",
      event_id: "e/9",
      interrupt_type: 2,
      resume_data: "because",
    });
  });

  it("queries knowledge bases", async () => {
    platform.routes["GET /v1/datasets"] = () =>
      ok({
        total_count: 1,
        dataset_list: [
          {
            dataset_id: "d1",
            name: "Menu",
            format_type: 0,
            status: 1,
            doc_count: 2,
            slice_count: 9,
          },
        ],
      });
    platform.routes["POST /open_api/knowledge/document/list"] = () => ({
      json: {
        code: 0,
        total: 11,
        document_infos: [{ document_id: "f1", name: "a.pdf", type: "pdf", status: 9, size: 3 }],
      },
    });
    platform.routes["GET /v1/datasets/d1/images"] = () =>
      ok({
        total_count: 1,
        photo_infos: [{ document_id: "i1", url: "u", caption: "soup", status: 1 }],
      });
    const { knowledge } = clientOf(platform);
    expect(await knowledge.list({ spaceId: "s1", name: "菜 & more", kind: "text" })).toMatchObject({
      total: 1,
      items: [{ datasetId: "d1", kind: "text", enabled: true, documentCount: 2, sliceCount: 9 }],
    });
    expect(Object.fromEntries(last()?.query ?? [])).toEqual({
      space_id: "s1",
      name: "菜 & more",
      format_type: "0",
    });
    expect(await knowledge.documents("d1", { page: 2, pageSize: 1 })).toMatchObject({
      total: 11,
      items: [{ documentId: "f1", status: "failed" }],
    });
    expect(last()).toMatchObject({
      body: { dataset_id: "d1", page: 2, size: 1 },
      headers: { "agw-js-conv": "str" },
    });
    expect(await knowledge.images("d1", { keyword: "汤" })).toMatchObject({
      items: [{ caption: "soup", status: "ready" }],
    });
    expect(last()?.query.get("keyword")).toBe("汤");
  });

  it("plays a chat with a local plugin", async () => {
    const chat = { id: "c1", conversation_id: "7400", bot_id: "7391" };
    const call = { name: "turn_on", arguments: '{"lamp":"desk"}' };
    const required_action = {
      type: "submit_tool_outputs",
      submit_tool_outputs: { tool_calls: [{ id: "t1", type: "function", function: call }] },
    };
    const statuses = ["created", "in_progress"];
    platform.routes["POST /v3/chat"] = ({ body }) =>
      body["stream"] === true
        ? {
            events: events(
              ["conversation.chat.created", { ...chat, status: "created" }],
              ["conversation.message.delta", { content: "Let", role: "assistant", type: "answer" }],
              ["conversation.message.completed", { content: "Let me", type: "answer" }],
              [
                "conversation.chat.requires_action",
                { ...chat, status: "requires_action", required_action },
              ],
              ["done", "[DONE]"],
            ),
          }
        : ok({ ...chat, status: "created" });
    platform.routes["GET /v3/chat/retrieve"] = () => {
      const status = statuses.shift() ?? "requires_action";
      return ok({ ...chat, status, ...(status === "requires_action" ? { required_action } : {}) });
    };
    platform.routes["POST /v3/chat/submit_tool_outputs"] = ({ body }) =>
      body["stream"] === true
        ? {
            events: events(
              ["conversation.message.delta", { content: "It is on" }],
              ["done", "[DONE]"],
            ),
          }
        : ok({ ...chat, status: "in_progress" });
    platform.routes["GET /v3/chat/message/list"] = () => ok([{ id: "m1", type: "answer" }]);
    platform.routes["POST /v3/chat/cancel"] = () => ok({ ...chat, status: "canceled" });

    const { chats } = clientOf(platform);
    const messages = [{ content: "Light, please", metadata: { from: "test" } }];
    const started = await chats.start({ messages });
    expect(last()).toMatchObject({
      body: {
        bot_id: "7391",
        user_id: "alice",
        additional_messages: [
          {
            role: "user",
            content: "Light, please",
            content_type: "text",
            meta_data: { from: "test" },
          },
        ],
        auto_save_history: true,
        stream: false,
      },
    });
    const waiting = await chats.wait(started);
    expect(waiting).toMatchObject({
      status: "requires_action",
      toolCalls: [{ id: "t1", type: "function", ...call }],
    });
    const outputs = waiting.toolCalls.map(({ id }) => ({
      toolCallId: id,
      output: { on: true, watts: 7n },
    }));
    expect(await chats.submitToolOutputs(waiting, outputs)).toMatchObject({
      status: "in_progress",
    });
    expect(last()?.body).toEqual({
      tool_outputs: [{ tool_call_id: "t1", output: '{"on":true,"watts":"7"}' }],
      stream: false,
    });
    expect(Object.fromEntries(last()?.query ?? [])).toEqual({
      conversation_id: "7400",
      chat_id: "c1",
    });
    expect(await all(chats.streamToolOutputs(waiting, outputs))).toMatchObject([
      { kind: "delta", message: { content: "It is on" } },
    ]);
    expect(await all(chats.stream({ messages }))).toMatchObject([
      { kind: "chat", chat: { status: "created", toolCalls: [] } },
      { kind: "delta", message: { content: "Let" } },
      { kind: "message", message: { content: "Let me" } },
      { kind: "chat", chat: { toolCalls: [{ name: "turn_on" }] } },
    ]);
    expect(await chats.messages(waiting)).toMatchObject([{ id: "m1" }]);
    expect(await chats.cancel(waiting)).toMatchObject({ status: "canceled" });
  });
});

describe("the ids of a call", () => {
  it("are not taken from calls that prove nothing, unless told so", async () => {
    platform.routes["GET /v1/variables"] = () => ok({ items: [] });
    const caller = { ...alice, authenticated: false };
    const { variables } = clientOf(platform, { caller });
    expect(await errorOf(variables.list())).toMatchObject({
      code: "permission_denied",
      message: "the call does not prove its bot",
    });
    expect(await variables.list(undefined, { botId: "1", userId: "2" })).toEqual([]);
    expect(await clientOf(platform, { caller, trustCallers: true }).variables.list()).toEqual([]);
  });

  it("have to be there", async () => {
    const { variables, conversations } = clientOf(platform, { caller: { authenticated: true } });
    expect(await errorOf(variables.list())).toMatchObject({
      code: "failed_precondition",
      message: "the call does not say its bot",
    });
    expect(await errorOf(conversations.get())).toMatchObject({ code: "failed_precondition" });
  });
});

describe("createCozePlatform", () => {
  it("gives each bot its own credentials and place", async () => {
    await using other = await startPlatform({ "GET /v1/users/me": () => ok({ user_id: "o" }) });
    platform.routes["GET /v1/users/me"] = ({ token }) => ok({ user_id: token });
    const coze = createCozePlatform({
      baseUrl: platform.url,
      credentials: personalToken("pat_all_the_others"),
      bots: {
        b1: { credentials: personalToken("pat_of_bot_1") },
        b2: { credentials: personalToken("pat_of_bot_2"), baseUrl: other.url },
      },
    });
    const me = async (botId: string, authenticated = true) =>
      (await coze({ botId, authenticated }).users.me()).userId;
    expect(await me("b1")).toBe("pat_of_bot_1");
    expect(await me("b2")).toBe("o");
    expect(other.received.at(-1)?.token).toBe("pat_of_bot_2");
    expect(await me("constructor")).toBe("pat_all_the_others");
    expect(() => coze({ botId: "b1", authenticated: false })).toThrow(
      "the call does not prove its bot",
    );
  });

  it("takes a function that knows the bots", async () => {
    platform.routes["GET /v1/users/me"] = ({ token }) => ok({ user_id: token });
    const access = { credentials: personalToken("pat_of_bot_1") };
    const route = createContextKey({ bot: "" });
    const coze = createCozePlatform({
      baseUrl: platform.url,
      bots: (caller) => (caller.get?.(route).bot === "b1" ? access : undefined),
    });
    const callerOf = (bot: string) => ({
      get: <T>(key: ContextKey<T>) => ({ ...key.defaultValue, bot }),
    });
    expect((await coze(callerOf("b1")).users.me()).userId).toBe("pat_of_bot_1");
    expect(() => coze(callerOf("b2"))).toThrow("this server has no access for the bot");
  });

  it("refuses options that cannot work, and says how to mend them", () => {
    const credentials = personalToken("pat_x");
    expect(() => createCozePlatform({ baseUrl: "api.coze.cn", credentials })).toThrow(
      "createCozePlatform: baseUrl is not an http(s) URL: give cozeCn, cozeCom, or that of your coze-studio",
    );
    expect(() => createCozePlatform({ baseUrl: "https://me:pw@x.cn", credentials })).toThrow(
      "must not hold a user or a password",
    );
    expect(() => createCozePlatform({ baseUrl: platform.url })).toThrow(
      "give credentials, or bots with their own",
    );
    expect(() => createCozePlatform({ baseUrl: platform.url, credentials, retries: -1 })).toThrow(
      "retries has to be a whole number",
    );
    expect(() => personalToken(undefined)).toThrow("personalToken: the token is not set");
    expect(() => personalToken("pat_secret\n")).toThrow(/^((?!pat_secret).)*white space/);
  });
});
