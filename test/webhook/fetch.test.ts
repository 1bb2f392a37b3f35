import { silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import type { Door } from "botwire/node";
import { describe, expect, it } from "vitest";
import { keepLog, openDoors } from "../server/start.ts";
import { noteBot } from "./note-bot.ts";
import { readEvents } from "./sse.ts";

const handler = createFetchHandler({ actions: [noteBot()], doors: openDoors, log: silentLogger });

function request(path: string, body: BodyInit | null, headers: Record<string, string> = {}) {
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
    duplex: "half",
  };
  return new Request(`http://edge${path}`, init);
}

/** A body that comes in pieces, and whose length nobody said. */
function streamed(pieces: readonly string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const left = pieces.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = left.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(encoder.encode(value));
      }
    },
  });
}

describe("a fetch handler", () => {
  it("answers calls through every door", async () => {
    const tool = await handler(request("/actions/echo", '{"text":"早"}'));
    expect([tool.status, await tool.json()]).toEqual([200, { text: "早" }]);
    const callback = await handler(request("/coze_callback", '{"action":"echo"}'));
    expect(await callback.json()).toMatchObject({ status: "success" });
    expect(callback.headers.get("x-trace-id")).toMatch(/^[0-9a-f]{32}$/);
  });

  it("reads bodies that come in pieces, and stops when they are too long", async () => {
    const pieces = streamed(['{"text"', ':"早', '安"}']);
    expect(await (await handler(request("/actions/echo", pieces))).json()).toEqual({
      text: "早安",
    });
    const long = streamed(Array.from({ length: 30 }, () => "x".repeat(100_000)));
    expect((await handler(request("/actions/echo", long))).status).toBe(413);
    const declared = request("/actions/echo", "{}", { "content-length": "9999999" });
    expect((await handler(declared)).status).toBe(413);
  });

  it("streams", async () => {
    const accept = { accept: "text/event-stream" };
    const response = await handler(request("/actions/repeat", '{"note_count":2}', accept));
    expect(await readEvents(response)).toHaveLength(3);
  });

  it("tells handlers of a caller that goes away", async () => {
    const started = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    const bot = noteBot({
      async echo(call, { signal }) {
        signal.addEventListener("abort", () => aborted.resolve());
        started.resolve();
        await aborted.promise;
        return call;
      },
    });
    const waiting = createFetchHandler({ actions: [bot], doors: openDoors, log: silentLogger });
    const gone = new AbortController();
    const call = waiting(new Request(request("/actions/echo", "{}"), { signal: gone.signal }));
    await started.promise;
    gone.abort();
    await aborted.promise;
    expect((await call).status).toBeGreaterThanOrEqual(200);
  });

  it("answers other paths with what there is, and HEAD without a body", async () => {
    const missing = await handler(new Request("http://edge/elsewhere"));
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({
      error: {
        message:
          'nothing answers GET "/elsewhere"; this server has POST /coze_callback, POST /actions/<name>',
      },
    });
    const head = await handler(new Request("http://edge/coze_callback", { method: "HEAD" }));
    expect([head.status, await head.text()]).toEqual([405, ""]);
  });

  it("survives a door that breaks", async () => {
    const { log, lines } = keepLog();
    const door: Door = {
      name: "broken",
      open: () => ({
        routes: [{ match: "exact", path: "/broken", label: "/broken" }],
        handler: { kind: "native", fetch: () => Promise.reject(new Error("boom")) },
      }),
    };
    const broken = createFetchHandler({ actions: [noteBot()], doors: [door], log });
    const response = await broken(new Request("http://edge/broken"));
    expect(response.status).toBe(500);
    expect(lines.map(({ message }) => message)).toEqual(["a request could not be answered"]);
  });

  it("refuses a door that the Fetch API cannot serve", () => {
    const door: Door = {
      name: "node-only",
      open: () => ({ routes: [], handler: { kind: "native", node() {} } }),
    };
    const make = () => createFetchHandler({ actions: [noteBot()], doors: [door] });
    expect(make).toThrow("the node-only door cannot be served through the Fetch API");
  });
});
