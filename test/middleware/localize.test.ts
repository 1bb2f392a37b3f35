import { ActionError } from "botwire";
import { defineMessages, localize } from "botwire/middleware";
import { describe, expect, it } from "vitest";
import { post, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";

const messages = defineMessages("en", {
  en: { greeting: "Hello, {name}!", left: ({ n }) => `${n} ${n === 1 ? "day" : "days"} left` },
  "zh-CN": { greeting: "你好，{name}！", "string.not_bad": "{field} 不可以是 bad" },
  "zh-Hant": { greeting: "妳好，{name}！" },
  de: { greeting: "Hallo, {name}!" },
});

describe("messages", () => {
  it("take no time for a locale as long as a request", () => {
    const messages = defineMessages("en", { en: { hello: "Hello" } });
    const hostile = `en-x-${"a-".repeat(200_000)}a`;
    const begin = performance.now();
    expect(messages.text(hostile, "hello")).toBe("Hello");
    expect(performance.now() - begin).toBeLessThan(50);
  });

  it.each([
    ["en-GB", "en"],
    ["zh-CN", "zh-CN"],
    ["zh-cn", "zh-CN"],
    ["zh-Hant-HK", "zh-Hant"],
    ["zh-TW", "zh-Hant"],
    ["zh-SG", "zh-CN"],
    ["zh", "zh-CN"],
    ["de-AT", "de"],
    ["fr", "en"],
    ["", "en"],
    ["not a tag!", "en"],
  ])("for %j are those of %s", (locale, language) => {
    expect(messages.language(locale)).toBe(language);
  });

  it("fill in parameters, and only those that are given", () => {
    expect(messages.text("zh-CN", "greeting", { name: "小明" })).toBe("你好，小明！");
    expect(messages.text("de", "greeting", { toString: "x" })).toBe("Hallo, {name}!");
    expect(messages.text("de", "greeting", { name: "{name} $& $1" })).toBe("Hallo, {name} $& $1!");
  });

  it("come from the fallback where a language lacks them, and may be functions", () => {
    expect(messages.text("de", "left", { n: 1 })).toBe("1 day left");
    expect(messages.text("de", "left", { n: 2 })).toBe("2 days left");
  });

  it("have typed keys", () => {
    // @ts-expect-error the fallback has no such key
    expect(() => messages.text("de", "farewell")).toThrow(
      'messages: there is no text "farewell" in en',
    );
    expect(messages.find("de", "constructor")).toBeUndefined();
  });

  it("refuse tags that are none, and a fallback without texts", () => {
    expect(() => defineMessages("en", { en: {}, "zh CN": {} })).toThrow(
      'messages: "zh CN" is no language tag such as zh-CN',
    );
    const texts: Record<string, Record<string, string>> = { en: {} };
    expect(() => defineMessages("de", texts)).toThrow('messages: the fallback "de" has no catalog');
  });
});

describe("localize", () => {
  const bot = noteBot({
    echo: ({ text }, { locale }) => {
      if (text === "") {
        throw new ActionError("not_found", "nobody", { retryAfterMs: 5 });
      }
      return { text: messages.text(locale, "greeting", { name: text }) };
    },
  });

  async function answer(body: unknown, language: string) {
    const { url } = await start({ bot, middleware: [localize(messages)] });
    const response = await post(`${url}/actions/echo`, body, { "accept-language": language });
    return { language: response.headers.get("content-language"), json: await response.json() };
  }

  it("says of which language the answer is", async () => {
    expect(await answer({ text: "Ann" }, "de-CH, en;q=0.5")).toEqual({
      language: "de",
      json: { text: "Hallo, Ann!" },
    });
  });

  it("says in the caller's language what is wrong", async () => {
    expect((await answer({ text: "bad" }, "zh-CN")).json).toEqual({
      error: {
        code: "invalid_argument",
        message: "text: text 不可以是 bad",
        violations: [{ field: "text", rule: "string.not_bad", message: "text 不可以是 bad" }],
      },
    });
  });

  it("keeps the contract's words where it has none of its own", async () => {
    expect((await answer({ text: "bad" }, "de")).json).toMatchObject({
      error: { violations: [{ message: "must not be bad" }] },
    });
  });

  it("leaves other errors as they are", async () => {
    expect((await answer({}, "zh-CN")).json).toEqual({
      error: { code: "not_found", message: "nobody", violations: [] },
    });
  });
});
