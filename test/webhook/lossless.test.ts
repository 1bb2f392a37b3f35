import { implement } from "botwire";
import { callbackDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { parseLossless } from "../../src/runtime/codec/lossless-json.ts";
import { WireService } from "../connect/generated/actions/wire/v1/wire.ts";
import { wireHandlers } from "../connect/wire-handlers.ts";
import { post, start } from "../server/start.ts";
import { noteBot } from "./note-bot.ts";

describe("integers that a number cannot hold", () => {
  it.each<[string, unknown]>([
    ["7340000000000000001", "7340000000000000001"],
    ["-7340000000000000001", "-7340000000000000001"],
    ["18446744073709551615", "18446744073709551615"],
    ["9007199254740993", "9007199254740993"],
    ["9007199254740991", 9007199254740991],
    ["1234567890123456", 1234567890123456],
    ["7340000000000000001.5", 7.34e18],
    ["7340000000000000001e2", 7.34e20],
    ["0.73400000000000000012", 0.734],
    ["123456789012345678901", 1.2345678901234568e20],
    [`1${"0".repeat(400)}`, Number.POSITIVE_INFINITY],
  ])("%s", (text, value) => {
    for (const [before, after] of [
      ["", ""],
      [" ", " "],
      ["\n-0, ", "\t"],
    ]) {
      const list = parseLossless(`[${before}${text}${after}]`);
      expect(Array.isArray(list) && list.at(-1)).toBe(value);
    }
    expect(parseLossless(`{"a":${text}}`)).toEqual({ a: value });
    expect(parseLossless(`{"a" :  {"b":[ ${text}]}}`)).toEqual({ a: { b: [value] } });
  });

  it("are text already in a text", () => {
    const text = '[":7340000000000000001", "a: 7340000000000000001", "7340000000000000001"]';
    expect(parseLossless(text)).toEqual(JSON.parse(text));
  });

  it("do not let names of every object through", () => {
    const parsed = parseLossless('{"__proto__":{"a":7340000000000000001},"toString":1}');
    expect(Object.entries(parsed ?? {})).toEqual([
      ["__proto__", { a: "7340000000000000001" }],
      ["toString", 1],
    ]);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });
});

describe("ids as bare numbers", () => {
  it("reach the context of a callback digit by digit", async () => {
    const seen: unknown[] = [];
    const bot = noteBot({
      echo(request, { botId, userId, conversationId, connectorId, eventId }) {
        seen.push([botId, userId, conversationId, connectorId, eventId]);
        return request;
      },
    });
    const { url } = await start({ bot, doors: [callbackDoor({ unsigned: true })] });
    await post(
      `${url}/coze_callback`,
      '{"action":"echo","bot_id":7340000000000000001,"userId":42,"conversation_id":-7340000000000000002,"connector_id":"10000010","event_id":9007199254740993}',
    );
    expect(seen).toEqual([
      ["7340000000000000001", "42", "-7340000000000000002", "10000010", "9007199254740993"],
    ]);
  });

  it.each(["1.5", "1e30", "123456789012345678901", "true", "{}"])(
    "may not be %s",
    async (value) => {
      const { url } = await start();
      const response = await post(`${url}/coze_callback`, `{"action":"echo","bot_id":${value}}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { message: expect.stringMatching(/^"bot_id" must be a string, not /) },
      });
    },
  );
});

describe("64-bit fields as bare numbers", () => {
  it("lose nothing on their way in, and are text on their way out", async () => {
    const { url } = await start({ bot: implement(WireService, wireHandlers()) });
    const everything =
      '{"int64":-9223372036854775808,"uint64":18446744073709551615,"number":7340000000000000001,"double":7340000000000000001}';
    const response = await post(`${url}/actions/echo`, `{"everything":${everything}}`);
    expect(await response.json()).toMatchObject({
      everything: {
        int64: "-9223372036854775808",
        uint64: "18446744073709551615",
        number: "7340000000000000001",
        double: 7.34e18,
      },
    });
  });

  it("are refused where they do not fit", async () => {
    const { url } = await start({ bot: implement(WireService, wireHandlers()) });
    const body = '{"everything":{"int64":9223372036854775808,"int32":7340000000000000001}}';
    const response = await post(`${url}/actions/echo`, body);
    expect(await response.json()).toMatchObject({
      error: {
        code: "invalid_argument",
        violations: [{ field: "everything.int64" }, { field: "everything.int32" }],
      },
    });
  });
});
