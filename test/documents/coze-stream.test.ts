import { readFileSync } from "node:fs";
import { silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { type CozeStreamOptions, toolDoor } from "botwire/webhook";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { almanac } from "../../examples/almanac/almanac.ts";
import { collect } from "../connect/collect.ts";
import { createModuleFolder } from "../validate/support/module-folder.ts";
import { type CozeDocument, invoke, type Send } from "./coze-invoker.ts";
import { invokeStream } from "./coze-stream.ts";
import { type EchoBot, echoBot } from "./generated-bot.ts";
import { runSpec } from "./run-spec.ts";

function sendTo(bot: EchoBot["bot"], cozeStreams: CozeStreamOptions): Send {
  const handler = createFetchHandler({
    actions: [bot],
    doors: [toolDoor({ apiKey: "secret", cozeStreams })],
    log: silentLogger,
  });
  return (url, init) =>
    handler(new Request(url, { ...init, headers: { ...init.headers, authorization: "secret" } }));
}

describe("the example bot's countdown, from its document", () => {
  const document: CozeDocument = JSON.parse(
    readFileSync("generated/spec/coze/almanac.openapi.json", "utf8"),
  );
  const call = (cozeStreams: CozeStreamOptions, args = {}) =>
    collect(
      invokeStream(
        document,
        "countdown",
        { from: 3, interval: "0.001s", ...args },
        sendTo(
          almanac(async () => []),
          cozeStreams,
        ),
      ),
    );

  it("is pieces of one text, each message of the stream one", async () => {
    const packets = await call({ content: (data) => `${JSON.stringify(data)}\n` });
    expect(packets.map(({ content }) => content).join("")).toBe(
      '{"remaining":3}\n{"remaining":2}\n{"remaining":1}\n{"remaining":0}\n',
    );
    expect(packets.map(({ is_finish }) => is_finish)).toEqual([false, false, false, true]);
    expect(new Set(packets.map(({ stream_id }) => stream_id)).size).toBe(1);
  });

  it("is messages that a model reads, where the door says so", async () => {
    const packets = await call({ output: "messages" });
    expect(packets.map(({ content }) => JSON.parse(content))).toEqual(
      [3, 2, 1, 0].map((remaining) => ({ remaining })),
    );
    expect(packets.map(({ is_last_msg }) => is_last_msg)).toEqual([false, false, false, true]);
    expect(
      packets.every(
        ({ return_type, is_last_packet_in_msg }) => return_type === 0 && is_last_packet_in_msg,
      ),
    ).toBe(true);
  });

  it("ends with what is wrong with the request", async () => {
    const packets = await call({}, { from: 2000 });
    expect(packets).toEqual([
      expect.objectContaining({
        content: expect.stringContaining("from: must be greater than or equal to 1"),
        is_finish: true,
        ext: expect.objectContaining({ code: "invalid_argument" }),
      }),
    ]);
  });

  it("is no stream for those that do not stream", async () => {
    const send = sendTo(
      almanac(async () => []),
      {},
    );
    const stream = invokeStream(document, "get_chinese_date", { date: "2026-02-17" }, send);
    await expect(stream.next()).rejects.toThrow("does not stream");
    expect(await invoke(document, "get_chinese_date", { date: "2026-02-17" }, send)).toHaveProperty(
      "text",
      "丙午年正月初一",
    );
  });
});

const files = {
  "report/v1/report.proto": `syntax = "proto3";
package report.v1;

service ReportService {
  // Write a report, chapter by chapter.
  rpc WriteReport(Chapter) returns (stream Chapter);
}

message Chapter {
  string title = 1;
  string text = 2;
  int64 words = 3;
  repeated Chapter.Source sources = 4;
  message Source { string url = 1; bool public = 2; }
}
`,
};

describe("a streaming action of a generated contract", () => {
  const folder = createModuleFolder();
  const document: CozeDocument = JSON.parse(runSpec(files)["coze/report.openapi.json"] ?? "");
  let bot: EchoBot["bot"];
  beforeAll(async () => {
    ({ bot } = await echoBot(folder, files, "report/v1/report.ts", "ReportService"));
  });
  afterAll(() => folder.remove());

  it.each([
    ["short", "早上好 😀", 1],
    ["longer than a packet may be", "😀".repeat(70_000), 4],
  ])(
    "brings every field there and back, in packets, of a text that is %s",
    async (_, text, count) => {
      const args = {
        title: 'with "quotes" and\nlines',
        text,
        words: "9007199254740993",
        sources: [
          { url: "https://a.example", public: true },
          { url: "", public: false },
        ],
      };
      const send = sendTo(bot, { output: "messages" });
      const packets = await collect(invokeStream(document, "write_report", args, send));
      expect(packets).toHaveLength(2 * count);
      const messages = Map.groupBy(packets, ({ stream_id }) => stream_id);
      const contents = [...messages.values()].map((own) =>
        own.map(({ content }) => content).join(""),
      );
      expect(contents.map((content) => JSON.parse(content))).toEqual([args, args]);
      expect(packets.filter(({ is_last_packet_in_msg }) => is_last_packet_in_msg)).toHaveLength(2);
      expect(packets.filter(({ is_finish }) => is_finish)).toEqual([packets.at(-1)]);
    },
  );
});
