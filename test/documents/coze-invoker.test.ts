import { readFileSync } from "node:fs";
import { silentLogger } from "botwire";
import { toJson } from "botwire/codec";
import { createFetchHandler } from "botwire/fetch";
import { toolDoor } from "botwire/webhook";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { almanac } from "../../examples/almanac/almanac.ts";
import { createModuleFolder } from "../validate/support/module-folder.ts";
import { type CozeDocument, invoke, type Json, type Send } from "./coze-invoker.ts";
import { type EchoBot, echoBot } from "./generated-bot.ts";
import { runSpec } from "./run-spec.ts";
import { torture } from "./torture.ts";

type Members = { [name: string]: Json };

const key = { authorization: "secret" };

/** Sends requests to a tool door, and keeps what it answered. */
function doorOf(bot: EchoBot["bot"]): { readonly send: Send; readonly answers: string[] } {
  const handler = createFetchHandler({
    actions: [bot],
    doors: [toolDoor({ apiKey: "secret" })],
    log: silentLogger,
  });
  const answers: string[] = [];
  return {
    answers,
    async send(url, init) {
      const response = await handler(
        new Request(url, { ...init, headers: { ...init.headers, ...key } }),
      );
      answers.push(await response.clone().text());
      return response;
    },
  };
}

function parse(text: string): CozeDocument {
  return JSON.parse(text);
}

describe("the example bot", () => {
  const document = parse(readFileSync("generated/spec/coze/almanac.openapi.json", "utf8"));
  const day = (date: string) => ({
    date,
    temperatureMin: -1.5,
    temperatureMax: 3,
    precipitation: 0.25,
    summary: "雪",
  });
  const { send, answers } = doorOf(almanac(async () => [day("2026-01-01"), day("2026-01-02")]));
  const beijing = { latitude: 39.9, longitude: 116.4 };

  it.each([
    ["get_local_time", { time_zone: "Asia/Shanghai", at: "2026-02-17T00:30:00.5Z" }, "time"],
    ["get_chinese_date", { date: "2026-02-17" }, "cyclical_year"],
    ["get_sun_times", { place: beijing, date: "2026-06-21" }, "solar_noon"],
    ["get_forecast", { place: beijing, days: 2 }, "days"],
  ] as const)("%s returns everything", async (name, args, field) => {
    const result = await invoke(document, name, { ...args, unknown: 1 }, send);
    expect(result).toEqual(JSON.parse(answers.at(-1) ?? ""));
    expect(result).toHaveProperty(field);
  });

  it("is told why an action failed", async () => {
    const result = await invoke(document, "get_chinese_date", { date: "today" }, send);
    expect(result).toMatchObject({
      error: { code: "invalid_argument", violations: [{ field: "date", rule: "string.pattern" }] },
    });
  });

  it("is told that streams need another caller", async () => {
    const result = await invoke(document, "countdown", { from: 3 }, send);
    expect(result).toMatchObject({ error: { code: "unimplemented" } });
  });
});

describe("a schema with everything that Coze can carry", () => {
  const folder = createModuleFolder();
  const document = parse(runSpec(torture)["coze/torture.openapi.json"] ?? "");
  let bot: EchoBot;
  let send: Send;
  beforeAll(async () => {
    bot = await echoBot(folder, torture, "torture/v1/torture.ts", "TortureService");
    ({ send } = doorOf(bot.bot));
  });
  afterAll(() => folder.remove());

  const leaf = {
    name: "叶",
    size: "18446744073709551615",
    twig: { text: "t", deep: [{ number: 1 }, { number: 0 }] },
  };
  const members: Members = {
    double_value: -1.5e300,
    float_value: 0.25,
    int32_value: -2147483648,
    sint32_value: 2147483647,
    sfixed32_value: -1,
    uint32_value: 4294967295,
    fixed32_value: 1,
    int64_value: "-9223372036854775808",
    sint64_value: "9007199254740993",
    sfixed64_value: "-1",
    uint64_value: "18446744073709551615",
    fixed64_value: "1",
    bool_value: true,
    string_value: 'quoted " and \\ 😀',
    bytes_value: "AP8=",
    color: "COLOR_BLUE",
    optional_string: "",
    optional_number: 0,
    leaf,
    strings: ["a", ""],
    longs: ["1", "-9007199254740993"],
    doubles: [1.5, 0],
    bools: [true, false],
    colors: ["COLOR_RED", "COLOR_UNSPECIFIED"],
    leaves: [leaf, { name: "b", size: "0" }],
    blobs: ["", "AQ=="],
    at: "2026-02-17T00:30:00.123456789Z",
    lasts: "-1.500s",
    mask: "aB,c.dE",
    wrapped_text: "",
    wrapped_long: "0",
    wrapped_bool: false,
    times: ["2026-01-01T00:00:00Z"],
    constructor: "c",
    toString: "s",
    branch: { left: leaf, right: { name: "r", size: "0" }, note: "n" },
    pattern: "α b",
    UPPER_Mixed: "U",
  };
  Object.defineProperty(members, "__proto__", { value: "p", enumerable: true });

  it.each([
    ["a text", { choice_text: "" }],
    ["a message", { choice_leaf: leaf }],
    ["a number", { choice_number: "0" }],
  ])("carries every field there and back, with %s in the oneof", async (_, choice) => {
    const args = Object.fromEntries([...Object.entries(members), ...Object.entries(choice)]);
    const result = await invoke(document, "echo", args, send);
    expect(result).toStrictEqual(args);
    const arrived = toJson(bot.actions[0]?.input ?? never(), bot.last(), {
      naming: "proto",
      alwaysEmitImplicit: true,
    });
    expect(arrived).toStrictEqual(args);
  });

  it("can leave out messages with required fields", async () => {
    const result = await invoke(document, "echo", { choice_text: "x" }, send);
    expect(result).toMatchObject({ choice_text: "x", strings: [] });
    expect(result).not.toHaveProperty("leaf");
  });

  it("is corrected where the model took another type", async () => {
    const args = { choice_text: 1, int64_value: 5, int32_value: "6", bool_value: "true" };
    const result = await invoke(document, "echo", args, send);
    expect(result).toMatchObject({
      choice_text: "1",
      int64_value: "5",
      int32_value: 6,
      bool_value: true,
    });
  });

  it.each(["nothing", "uncommented"])("calls %s without a body", async (name) => {
    expect(await invoke(document, name, {}, send)).toEqual({});
  });

  it("declares every field of the request that the .proto has", () => {
    const body = document.paths["/echo"]?.post.requestBody?.content["application/json"].schema;
    expect(Object.keys(body?.properties ?? {})).toHaveLength(42);
  });
});

function never(): never {
  throw new Error("there is no action");
}
