import type { MiddlewareContext, Next } from "botwire";
import { describe, expect, it } from "vitest";
import { callOf, errorOf, messageOf, notes } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

/** What a handler sees of a caller that sends these headers. */
async function seenWith(
  requestHeaders: Readonly<Record<string, string>>,
  identity: Readonly<Record<string, string>> = {},
): Promise<{ locale: string; deviceClass: string }> {
  let seen = { locale: "none", deviceClass: "none" };
  const { pipeline } = quietPipeline({
    actions: [
      notes({
        echo: (request, { locale, deviceClass }) => {
          seen = { locale, deviceClass };
          return request;
        },
      }),
    ],
  });
  const call = callOf({ requestHeaders });
  const route = () => ({ ...call.route(), action: "echo", identity, decode: () => ({}) });
  messageOf(await pipeline.invoke({ ...call, route }));
  return seen;
}

describe("the locale", () => {
  it.each([
    ["zh-CN", "zh-CN"],
    ["ZH-hans-cn, en;q=0.5", "zh-Hans-CN"],
    ["en;q=0.2, de;q=0.9, fr;q=0.9", "de"],
    ["en;q=0, ja;q=0.001", "ja"],
    [" es-419 ; q=0.8 , *;q=0.9", "es-419"],
    ["*", ""],
    ["en;q=2", ""],
    ["en;level=1", ""],
    ["en_US", ""],
    ["<script>, it", "it"],
    ["x-klingon", ""],
    ["a", ""],
    ["", ""],
    [`${"en,".repeat(400)}`, ""],
  ])("of accept-language %j is %j", async (header, locale) => {
    expect((await seenWith({ "accept-language": header })).locale).toBe(locale);
  });

  it("is what the call says before what its headers hint at", async () => {
    const { locale } = await seenWith({ "accept-language": "de" }, { locale: "ja-JP" });
    expect(locale).toBe("ja-JP");
  });
});

describe("the class of the device", () => {
  const iphone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148";
  it.each([
    [{ "x-device-class": "watch" }, "watch"],
    [{ "x-device-class": "tv", "user-agent": iphone }, "tv"],
    [{ "x-device-class": "<b>" }, ""],
    [{ "sec-ch-ua-mobile": "?1" }, "mobile"],
    [{ "sec-ch-ua-mobile": "?0", "user-agent": iphone }, "desktop"],
    [{ "user-agent": iphone }, "mobile"],
    [{ "user-agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0" }, "mobile"],
    [{ "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0" }, "desktop"],
    [{ "user-agent": "Go-http-client/2.0" }, ""],
    [{}, ""],
  ])("that sends %j is %j", async (headers, deviceClass) => {
    expect((await seenWith({ ...headers })).deviceClass).toBe(deviceClass);
  });

  it("is what the call says before what its headers hint at", async () => {
    const { deviceClass } = await seenWith({ "user-agent": iphone }, { deviceClass: "desktop" });
    expect(deviceClass).toBe("desktop");
  });
});

describe("a middleware that knows more about the caller", () => {
  it("tells what is inside of it, and nobody else", async () => {
    const seen: unknown[] = [];
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          echo: (request, { userId, botId, authenticated, locale, traceId }) => {
            seen.push({ userId, botId, authenticated, locale, traceId });
            return request;
          },
        }),
      ],
      hooks: [{ onRequestEnd: ({ userId }) => void seen.push(userId) }],
      middleware: [
        (context, next) => next(context.withIdentity({ userId: "ann", authenticated: true })),
        (context, next) => next(context.withIdentity({ locale: "fr" })),
      ],
    });
    const call = callOf();
    const route = () => ({
      action: "echo",
      identity: { botId: "b", userId: "?" },
      decode: () => ({}),
    });
    const outcome = await pipeline.invoke({ ...call, route });
    messageOf(outcome);
    await pipeline.drain();
    const { traceId } = outcome;
    expect(seen).toEqual([
      { userId: "ann", botId: "b", authenticated: true, locale: "fr", traceId },
      "?",
    ]);
  });
});

describe("headers that a middleware sets", () => {
  const middleware = [
    (context: MiddlewareContext, next: Next) => {
      context.responseHeaders.set("x-seen", "yes");
      return next();
    },
  ];

  it("are those of the answer, for hooks to change", async () => {
    const { pipeline } = quietPipeline({
      middleware,
      hooks: [{ onResponseCommit: (_, { headers }) => void headers.set("x-more", "too") }],
    });
    const { headers } = await pipeline.invoke(callOf());
    expect([...headers]).toEqual([
      ["x-seen", "yes"],
      ["x-more", "too"],
    ]);
  });

  it("are dropped if the call fails", async () => {
    const { pipeline } = quietPipeline({ middleware });
    const outcome = await pipeline.invoke(callOf({ request: { text: "bad" } }));
    expect(errorOf(outcome).code).toBe("invalid_argument");
    expect(outcome.headers.size).toBe(0);
  });
});
