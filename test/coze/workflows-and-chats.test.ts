import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { events, type FakePlatform, ok, startPlatform } from "./fake-platform.ts";
import { all, clientOf, errorOf } from "./support.ts";

let platform: FakePlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

const last = () => platform.received.at(-1);

describe("context.coze", () => {
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
