import { describe, expect, it } from "vitest";
import { readEvents } from "../../src/runtime/client/event-reader.ts";
import { collect } from "../connect/collect.ts";

const encoder = new TextEncoder();

function readAll(chunks: readonly Uint8Array<ArrayBuffer>[]) {
  const rest = chunks.values();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { value, done } = rest.next();
      return done === true ? controller.close() : controller.enqueue(value);
    },
  });
  return collect(readEvents(body));
}

const read = (...chunks: string[]) => readAll(chunks.map((chunk) => encoder.encode(chunk)));

describe("readEvents()", () => {
  it.each([
    ["data: a\n\n", [{ event: "", data: "a" }]],
    [
      "data:a\r\n\r\ndata:  b\r\r",
      [
        { event: "", data: "a" },
        { event: "", data: " b" },
      ],
    ],
    ["data: a\ndata: b\ndata\n\n", [{ event: "", data: "a\nb\n" }]],
    ["event: x\nid: 1\nretry: 5\n: comment\ndata: a\n\n", [{ event: "x", data: "a" }]],
    ["event: x\n\ndata: a\n\n", [{ event: "", data: "a" }]],
    ["data: a\n\ndata: cut off\n", [{ event: "", data: "a" }]],
    ["\ufeffdata: a\n\n", [{ event: "", data: "a" }]],
    ["data: 中文🤖\n\n", [{ event: "", data: "中文🤖" }]],
  ])("reads %j, however it is cut", async (text, events) => {
    expect(await read(text)).toEqual(events);
    const bytes = Array.from(encoder.encode(text), (byte) => new Uint8Array([byte]));
    expect(await readAll(bytes)).toEqual(events);
  });

  it("reads a long line in linear time", async () => {
    const chunks = Array.from({ length: 20_000 }, () => "x".repeat(500));
    const started = performance.now();
    const [event] = await read("data: ", ...chunks, "\n\n");
    expect(event?.data).toHaveLength(10_000_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("cancels the rest when it is left", async () => {
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(encoder.encode("data: a\n\n")),
      cancel() {
        cancelled = true;
      },
    });
    for await (const _ of readEvents(body)) {
      break;
    }
    expect(cancelled).toBe(true);
  });
});
