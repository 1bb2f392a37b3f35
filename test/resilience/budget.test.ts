import type { BotServerOptions } from "botwire/node";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { forever } from "../action/fixtures.ts";
import { post, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";
import { signCallback } from "../webhook/sign-callback.ts";

const budgetMs = 150;
const signed = (timeoutMs: number) =>
  callbackDoor({
    secret: "s",
    budgetMs,
    replay: { store: { claim: () => forever }, timeoutMs },
  });

describe("the budget of a call includes", () => {
  it.each<[string, string, number, Partial<BotServerOptions>]>([
    ["the store of replays", "/coze_callback", 504, { doors: [signed(60_000)] }],
    [
      "checking a token",
      "/actions/echo",
      504,
      { doors: [toolDoor({ budgetMs, verifyToken: () => forever })] },
    ],
    [
      "hooks",
      "/actions/echo",
      504,
      {
        doors: [toolDoor({ budgetMs, unsigned: true })],
        hooks: [{ onRouteMatch: () => forever }],
      },
    ],
    [
      "middleware",
      "/actions/echo",
      504,
      { doors: [toolDoor({ budgetMs, unsigned: true })], middleware: [() => forever] },
    ],
    [
      "the handler",
      "/actions/echo",
      200,
      {
        actions: [noteBot({ echo: () => forever })],
        doors: [toolDoor({ budgetMs, unsigned: true })],
      },
    ],
  ])("%s", async (_, path, status, options) => {
    const { url } = await start(options);
    const body = path === "/coze_callback" ? '{"action":"echo","event_id":"e"}' : "{}";
    const began = performance.now();
    const response = await post(url + path, body, {
      authorization: "Bearer t",
      ...signCallback(body, "s"),
    });
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { error: { code: "deadline_exceeded" } },
    ]);
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(budgetMs - 60);
    expect(took).toBeLessThan(budgetMs + 1500);
  });
});
