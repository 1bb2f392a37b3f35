import { createServer } from "node:http";
import { cozeErrorOf } from "botwire/coze";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { events, type FakePlatform, startPlatform } from "./fake-platform.ts";
import { all, clientOf, errorOf } from "./support.ts";

let platform: FakePlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

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
