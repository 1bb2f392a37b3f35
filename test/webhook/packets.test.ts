import { ActionError } from "botwire";
import { type CozeStreamOptions, toolDoor } from "botwire/webhook";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cozePackets, type PacketSource } from "../../src/runtime/webhook/coze-packets.ts";
import { post, start } from "../server/start.ts";
import { noteBot } from "./note-bot.ts";

/** A packet as the platform reads it. */
interface Packet {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads the text of server-sent events by the platform's rules, and holds it against them. */
function readPackets(text: string): readonly Packet[] {
  const packets = text.split("\n\n").filter((block) => block !== "");
  const ids = new Set<string>();
  return packets.map((block) => {
    expect(new TextEncoder().encode(block).length).toBeLessThanOrEqual(250_000);
    const match = /^id: (.+)\nevent: (.+)\ndata: (\{.*\})$/.exec(block);
    const [, id = "", event = "", json = ""] = match ?? [];
    expect(match, block.slice(0, 100)).not.toBeNull();
    expect(ids.has(id)).toBe(false);
    ids.add(id);
    const data: unknown = JSON.parse(json);
    expect(data).toMatchObject({
      stream_id: expect.stringMatching(/./),
      content: expect.stringMatching(/[\s\S]/),
      content_type: 0,
      is_finish: expect.any(Boolean),
      is_last_msg: expect.any(Boolean),
      is_last_packet_in_msg: expect.any(Boolean),
    });
    return { id, event, data: Object.fromEntries(Object.entries(data ?? {})) };
  });
}

/** The end marks of packets, as bits: finish, last message, last packet of its message. */
function marks(packets: readonly Packet[]): string[] {
  return packets.map(({ data: { is_finish, is_last_msg, is_last_packet_in_msg } }) =>
    [is_finish, is_last_msg, is_last_packet_in_msg].map(Number).join(""),
  );
}

const contents = (packets: readonly Packet[]) => packets.map(({ data: { content } }) => content);

function textOf(data: unknown): string {
  return typeof data === "object" && data !== null && "text" in data ? String(data.text) : "";
}

async function call(
  cozeStreams: CozeStreamOptions,
  body: object,
  bot = noteBot(),
  path = "repeat",
) {
  const { url } = await start({ bot, doors: [toolDoor({ unsigned: true, cozeStreams })] });
  return post(`${url}/actions/${path}`, body);
}

describe("a streaming plugin's answer", () => {
  it("is one text in pieces, of which the last says that it is", async () => {
    const response = await call({ content: textOf }, { text: "早", note_count: 3 });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("connection")).toBe("keep-alive");
    expect(response.headers.get("transfer-encoding")).toBe("chunked");
    const packets = readPackets(await response.text());
    expect(contents(packets)).toEqual(["早 1", "早 2", "早 3"]);
    expect(marks(packets)).toEqual(["010", "010", "111"]);
    expect(new Set(packets.map(({ data }) => data["stream_id"])).size).toBe(1);
    expect(packets[0]?.data).toMatchObject({ output_mode: 1, return_type: 1, context_mode: 0 });
  });

  it("may be messages of their own", async () => {
    const response = await call({ output: "messages" }, { text: "a", note_count: 3 });
    const packets = readPackets(await response.text());
    expect(contents(packets)).toEqual(['{"text":"a 1"}', '{"text":"a 2"}', '{"text":"a 3"}']);
    expect(marks(packets)).toEqual(["001", "001", "111"]);
    expect(new Set(packets.map(({ data }) => data["stream_id"])).size).toBe(3);
    expect(packets[0]?.data).toMatchObject({ output_mode: 0, return_type: 0 });
  });

  it("leaves out messages without text, and is never empty", async () => {
    const bot = noteBot({
      *repeat() {
        yield { text: "" };
        yield { text: "a" };
        yield { text: "" };
      },
    });
    const some = readPackets(await (await call({ content: textOf }, {}, bot)).text());
    expect([contents(some), marks(some)]).toEqual([["a"], ["111"]]);
    const none = readPackets(await (await call({}, {})).text());
    expect([contents(none), marks(none)]).toEqual([[" "], ["111"]]);
  });

  it.each([
    ["a".repeat(100_000), 3],
    ["\u0001".repeat(90_000), 3],
    ["😀".repeat(50_000), 3],
    [`a${"😀".repeat(50_000)}`, 3],
    ["早".repeat(40_000), 1],
  ])("splits what is too long for a packet, between characters", async (text, count) => {
    const bot = noteBot({
      *repeat() {
        yield { text };
        yield { text: "end" };
      },
    });
    const packets = readPackets(await (await call({ content: textOf }, {}, bot)).text());
    expect(packets).toHaveLength(count + 1);
    expect(contents(packets).join("")).toBe(`${text}end`);
    expect(contents(packets).every((content) => String(content).isWellFormed())).toBe(true);
    const own = readPackets(
      await (await call({ content: textOf, output: "messages" }, {}, bot)).text(),
    );
    expect(marks(own)).toEqual([...Array(count - 1).fill("000"), "001", "111"]);
  });

  it("ends with what went wrong", async () => {
    const bot = noteBot({
      *repeat() {
        yield { text: "one" };
        throw new ActionError("aborted", "enough");
      },
    });
    const packets = readPackets(await (await call({ content: textOf }, {}, bot)).text());
    expect([contents(packets), marks(packets)]).toEqual([
      ["one", "enough"],
      ["010", "111"],
    ]);
    expect(packets[1]?.data["ext"]).toEqual({
      code: "aborted",
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it("is packets, too, if nothing came before the failure", async () => {
    const response = await call({}, { text: "bad" });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/event-stream",
    ]);
    const [packet] = readPackets(await response.text());
    expect(packet?.data).toMatchObject({
      is_finish: true,
      ext: { code: "invalid_argument" },
    });
  });

  it("is JSON for an action that answers once, and for a call that is refused", async () => {
    expect(await (await call({}, { text: "a" }, noteBot(), "echo")).json()).toEqual({ text: "a" });
    const unknown = await call({}, {}, noteBot(), "unknown");
    expect([unknown.status, unknown.headers.get("content-type")]).toEqual([
      404,
      "application/json",
    ]);
  });
});

describe("packets of a slow stream", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const source: PacketSource = {
    traceId: "t",
    output: "pieces",
    content: String,
    failure: (reason) =>
      reason instanceof ActionError ? reason : new ActionError("internal", "internal error"),
  };
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  /** Reads packets as they come, each with the second at which it did. */
  function read(messages: AsyncIterable<unknown>) {
    const came: [second: number, content: unknown][] = [];
    const start = Date.now();
    let text = "";
    const done = (async () => {
      for await (const piece of cozePackets(messages, source)) {
        text += piece;
        for (const { data } of readPackets(piece)) {
          came.push([(Date.now() - start) / 1000, data["content"]]);
        }
      }
    })();
    return { came, done, text: () => text };
  }

  it("come 2 s late at most, and the end comes alone then", async () => {
    const { came, done, text } = read(
      (async function* () {
        yield "a";
        await sleep(30_000);
        yield "b";
        await sleep(1000);
        yield "c";
        await sleep(5000);
      })(),
    );
    await vi.advanceTimersByTimeAsync(40_000);
    await done;
    expect(came).toEqual([
      [2, "a"],
      [31, "b"],
      [33, "c"],
      [36, " "],
    ]);
    expect(marks(readPackets(text()))).toEqual(["010", "010", "010", "111"]);
  });

  it("end before the platform gives up", async () => {
    let closed = false;
    const { came, done } = read(
      (async function* () {
        try {
          yield "a";
          await sleep(58_000);
          yield "late";
        } finally {
          closed = true;
        }
      })(),
    );
    await vi.advanceTimersByTimeAsync(60_000);
    await done;
    expect(came).toEqual([
      [2, "a"],
      [57, "the next message took too long"],
    ]);
    expect(closed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
