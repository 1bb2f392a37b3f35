import { ActionError, silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { afterEach, describe, expect, it, vi } from "vitest";
import { eventStream } from "../../src/runtime/webhook/event-stream.ts";
import { openDoors, post, start } from "../server/start.ts";
import { noteBot } from "./note-bot.ts";
import { readEvents } from "./sse.ts";

const accept = { accept: "text/event-stream" };

describe("a stream", () => {
  it("of a tool call is an event for each message, and one at the end", async () => {
    const { url } = await start();
    const body = { text: "早", note_count: 2 };
    const response = await post(`${url}/actions/repeat`, body, accept);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    const traceId = response.headers.get("x-trace-id");
    expect(await readEvents(response)).toEqual([
      { event: "message", data: { text: "早 1" } },
      { event: "message", data: { text: "早 2" } },
      { event: "done", data: { trace_id: traceId } },
    ]);
  });

  it("of a callback has in each event what a callback answers", async () => {
    const { url } = await start();
    const call = { action: "repeat", parameters: { note_count: 1 } };
    const response = await post(`${url}/coze_callback`, call, accept);
    const traceId = response.headers.get("x-trace-id");
    expect(await readEvents(response)).toEqual([
      { event: "message", data: { status: "success", data: { text: " 1" }, trace_id: traceId } },
      { event: "done", data: { trace_id: traceId } },
    ]);
  });

  it("that fails before its first message is a failure like any other", async () => {
    const { url } = await start();
    const response = await post(`${url}/actions/repeat`, { text: "bad" }, accept);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toMatchObject({ error: { code: "invalid_argument" } });
  });

  it("that fails on the way ends with an event", async () => {
    const bot = noteBot({
      *repeat() {
        yield { text: "one" };
        throw new ActionError("aborted", "enough");
      },
    });
    const { url } = await start({ bot });
    const tool = await post(`${url}/actions/repeat`, {}, accept);
    expect(await readEvents(tool)).toEqual([
      { event: "message", data: { text: "one" } },
      {
        event: "error",
        data: { error: { code: "aborted", message: "enough", violations: [] } },
      },
    ]);
    const callback = await post(`${url}/coze_callback`, { action: "repeat" }, accept);
    expect((await readEvents(callback)).at(-1)).toMatchObject({
      event: "error",
      data: { status: "error", error: { code: "aborted" } },
    });
  });

  it("with a message that cannot be written ends as an internal error", async () => {
    const bot = noteBot({
      *repeat() {
        yield { text: "one" };
        yield { text: "unwritable" };
      },
    });
    const { url } = await start({ bot });
    const events = await readEvents(await post(`${url}/actions/repeat`, {}, accept));
    expect(events.at(-1)).toMatchObject({ event: "error", data: { error: { code: "internal" } } });
  });

  it("is not needed for an action that answers once", async () => {
    const { url } = await start();
    const response = await post(`${url}/actions/echo`, { text: "a" }, accept);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({ text: "a" });
  });

  it.each([
    ["text/event-stream", true],
    ["application/json, text/event-stream;q=0.5", true],
    ["TEXT/EVENT-STREAM", true],
    ["*/*", false],
    ["text/event-stream-x", false],
  ])("is sent to who accepts %s: %s", async (type, streams) => {
    const { url } = await start();
    const response = await post(`${url}/actions/repeat`, { note_count: 1 }, { accept: type });
    expect(response.headers.get("content-type")).toBe(
      streams ? "text/event-stream" : "application/json",
    );
    await response.text();
  });

  it("stops its handler when the caller goes away", async () => {
    const ended = Promise.withResolvers<boolean>();
    const bot = noteBot({
      async *repeat(_, { signal }) {
        try {
          while (true) {
            yield { text: "tick" };
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        } finally {
          ended.resolve(signal.aborted);
        }
      },
    });
    const { url } = await start({ bot });
    const gone = new AbortController();
    const response = await fetch(`${url}/actions/repeat`, {
      method: "POST",
      headers: { "content-type": "application/json", ...accept },
      body: "{}",
      signal: gone.signal,
    });
    await response.body?.getReader().read();
    gone.abort();
    expect(await ended.promise).toBe(true);
  });

  it("stops its handler when a reader of the Fetch API loses interest", async () => {
    const ended = Promise.withResolvers<boolean>();
    const bot = noteBot({
      async *repeat(_, { signal }) {
        try {
          yield { text: "tick" };
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        } finally {
          ended.resolve(signal.aborted);
        }
      },
    });
    const handler = createFetchHandler({ actions: [bot], doors: openDoors, log: silentLogger });
    const response = await handler(
      new Request("http://edge/actions/repeat", { method: "POST", headers: accept }),
    );
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('data: {"text":"tick"}\n\n');
    await reader?.cancel();
    expect(await ended.promise).toBe(true);
  });

  it("waits for a slow reader", async () => {
    let sent = 0;
    const bot = noteBot({
      *repeat() {
        for (; sent < 2000; sent++) {
          yield { text: "x".repeat(100_000) };
        }
      },
    });
    const { url } = await start({ bot });
    const response = await post(`${url}/actions/repeat`, {}, accept);
    await new Promise((resolve) => setTimeout(resolve, 300));
    // What fits in buffers on the way is far less than these 200 MB.
    expect(sent).toBeLessThan(1000);
    await response.body?.cancel();
  });
});

describe("a heartbeat", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is a comment every 15 seconds in which nothing comes", async () => {
    vi.useFakeTimers();
    const format = {
      message: (message: unknown) => JSON.stringify(message),
      done: () => "{}",
      failure: () => "{}",
    };
    async function* slow() {
      yield 1;
      await new Promise((resolve) => setTimeout(resolve, 31_000));
      yield 2;
    }
    const pieces: string[] = [];
    const reading = (async () => {
      for await (const piece of eventStream(slow(), format)) {
        pieces.push(piece);
      }
    })();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(pieces).toEqual(["data: 1\n\n"]);
    await vi.advanceTimersByTimeAsync(16_001);
    await reading;
    expect(pieces).toEqual([
      "data: 1\n\n",
      ": heartbeat\n\n",
      ": heartbeat\n\n",
      "data: 2\n\n",
      "event: done\ndata: {}\n\n",
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
