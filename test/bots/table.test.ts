import { setImmediate as turn } from "node:timers/promises";
import { createContextKey } from "botwire";
import { type BotEntry, callbackDoor, createBotTable, credential } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { post, start } from "../server/start.ts";
import { signCallback } from "../webhook/sign-callback.ts";

const entry = (botId: string, more: Partial<BotEntry> = {}): BotEntry => ({
  botId,
  actions: ["echo"],
  ...more,
});

describe("a table of bots", () => {
  it("has what was set, and has not what was removed", () => {
    const table = createBotTable([entry("a"), entry("a", { connectorId: "1" })]);
    expect([table.size, table.has("a"), table.has("a", "1"), table.has("a", "2")]).toEqual([
      2,
      true,
      true,
      false,
    ]);
    table.set(entry("b"));
    table.set(entry("b", { limits: { maxInFlight: 1 } }));
    expect(table.size).toBe(3);
    expect([table.remove("a"), table.remove("a"), table.remove("x")]).toEqual([true, false, false]);
    expect([table.has("a"), table.has("a", "1"), table.size]).toEqual([false, true, 2]);
    expect([table.remove("a", "1"), table.size]).toEqual([true, 1]);
    table.replace([entry("c")]);
    expect([table.has("b"), table.has("c"), table.size]).toEqual([false, true, 1]);
  });

  it("finds the entry of bot and connector before that of the bot", () => {
    const table = createBotTable([
      entry("a", { limits: { deadlineMs: 1 } }),
      entry("a", { connectorId: "c", limits: { deadlineMs: 2 } }),
      entry("b", { connectorId: "c" }),
    ]);
    const deadline = (botId: string, connectorId: string) =>
      table.find(botId, connectorId)?.entry.limits?.deadlineMs;
    expect([deadline("a", ""), deadline("a", "x"), deadline("a", "c")]).toEqual([1, 1, 2]);
    expect(table.find("b", "")).toBeUndefined();
    expect(table.find("__proto__", "constructor")).toBeUndefined();
  });

  it("changes nothing if one of many entries is wrong", () => {
    const table = createBotTable([entry("a")]);
    const wrong = [entry("b"), entry("c", { limits: { maxInFlight: 0 } })];
    expect(() => table.replace(wrong)).toThrow(
      'bot "c": limits.maxInFlight must be more than 0, not 0: leave it out for none',
    );
    expect(() => table.replace([entry("b"), entry("b")])).toThrow(
      'bot "b": there are two entries; remove one',
    );
    const twice = entry("b", { connectorId: "c" });
    expect(() => table.replace([twice, twice])).toThrow(
      'bot "b": there are two entries for the connector "c"; remove one',
    );
    expect([table.has("a"), table.has("b"), table.size]).toEqual([true, false, 1]);
  });

  it.each<[Partial<BotEntry>, string]>([
    [{ actions: [] }, 'actions is empty: list what the bot may call, or "*" for everything'],
    [{ secrets: { callback: "" } }, "secrets.callback is empty"],
    [{ secrets: { apiKey: [] } }, "secrets.apiKey is empty"],
    [{ secrets: { eventToken: ["a", ""] } }, "secrets.eventToken is empty"],
    [{ limits: { maxBodyBytes: Number.NaN } }, "limits.maxBodyBytes must be more than 0, not NaN"],
    [{ connectorId: "x".repeat(65) }, "connectorId must be a text of at most 64 characters"],
    [JSON.parse('{"secret":"s"}'), 'entry has no "secret": there are botId, connectorId, actions'],
    [JSON.parse('{"limits":{"rate":1}}'), 'limits has no "rate": there are maxInFlight'],
    [JSON.parse('{"connectorId":7}'), "connectorId must be a text of at most 64 characters"],
  ])("refuses %j", (more, message) => {
    expect(() => createBotTable([entry("a", more)])).toThrow(`bot "a": ${message}`);
  });

  it("keeps entries as they were given", () => {
    const actions = ["echo"];
    const secrets = { callback: "one" };
    const table = createBotTable([entry("a", { actions, secrets })]);
    actions.push("repeat");
    secrets.callback = "two";
    expect(table.find("a", "")?.entry).toMatchObject({
      actions: ["echo"],
      secrets: { callback: "one" },
    });
  });

  it("knows the actions of the server that it is given to", async () => {
    const bots = createBotTable([entry("a", { actions: ["echoo"] })]);
    const doors = [callbackDoor({ bots })];
    await expect(start({ doors })).rejects.toThrow(
      'bot "a": the server has no action or service "echoo"; did you mean "echo"?',
    );
    bots.replace([entry("a", { actions: ["ec*", "test.v1.NoteService"] })]);
    await start({ doors: [callbackDoor({ bots })] });
    const before = bots.find("a", "");
    for (const wrong of ["nothing_*", "*e*o*", "test.v1.Other", ""]) {
      expect(() => bots.set(entry("a", { actions: ["echo", wrong] }))).toThrow(
        `bot "a": the server has no action or service ${JSON.stringify(wrong)}`,
      );
    }
    expect(bots.find("a", "")).toBe(before);
  });

  it("serves ten thousand bots, finds each as fast as one, and is replaced without a stall", async () => {
    const token = createContextKey("");
    const many = (round: number): BotEntry[] =>
      Array.from({ length: 10_000 }, (_, index) => ({
        botId: String(7_340_000_000_000_000_000n + BigInt(index)),
        actions: ["echo", "rep*"],
        secrets: { callback: `secret-${round}-${index}` },
        limits: { maxInFlight: 10 },
        credentials: [credential(token, `token-${index}`)],
      }));
    const bots = createBotTable(many(0));
    const { url } = await start({ doors: [callbackDoor({ bots })] });
    const call = async (index: number, secret: string) => {
      const body = `{"bot_id":"${7_340_000_000_000_000_000n + BigInt(index)}","action":"echo"}`;
      const { status } = await post(`${url}/coze_callback`, body, signCallback(body, secret));
      return status;
    };
    expect(await call(9_999, "secret-0-9999")).toBe(200);

    const stalls: number[] = [];
    for (let round = 1; round <= 5; round++) {
      const next = many(round);
      await turn();
      const began = performance.now();
      bots.replace(next);
      stalls.push(performance.now() - began);
      expect(await call(round, `secret-${round - 1}-${round}`)).toBe(401);
      expect(await call(round, `secret-${round}-${round}`)).toBe(200);
    }
    // The brief's platform gives up after 3000 ms; this is a small part of it.
    expect(Math.min(...stalls)).toBeLessThan(150);

    const small = createBotTable(many(0).slice(0, 10));
    const lookUps = (table: typeof bots) => {
      const began = performance.now();
      for (let index = 0; index < 200_000; index++) {
        table.find("7340000000000000005", "");
      }
      return performance.now() - began;
    };
    lookUps(small);
    const ratio = Math.min(...[1, 2, 3].map(() => lookUps(bots) / lookUps(small)));
    expect(ratio).toBeLessThan(5);
  });
});
