import { describe, expect, it } from "vitest";
import { messages, run } from "./run-bot.ts";
import { post } from "./start.ts";

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  it("lets calls finish, and the process ends well", async () => {
    const running = await run();
    const call = post(`${running.url}/actions/echo`, { text: "late", note_count: 300 });
    await sleep(100);
    running.child.kill(signal);
    expect(await (await call).json()).toEqual({ text: "late", note_count: 300 });
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(messages(running)).toEqual(["listening", "shutting down"]);
  });

  it("a second time ends the process at once", async () => {
    const running = await run();
    const call = post(`${running.url}/actions/echo`, { note_count: 5000 });
    await sleep(100);
    running.child.kill(signal);
    await sleep(100);
    running.child.kill(signal);
    await expect(call).rejects.toThrow();
    expect(await running.ended).toEqual({ code: null, signal });
  });
});

describe("a process", () => {
  it("is ended in time, whatever its calls do", async () => {
    const running = await run();
    const call = post(`${running.url}/actions/echo`, { note_count: 5000 });
    await sleep(100);
    const before = Date.now();
    running.child.kill("SIGTERM");
    await expect(call).rejects.toThrow();
    // The call's own timer holds the process until it is ended by force.
    expect(await running.ended).toEqual({ code: 1, signal: null });
    expect(Date.now() - before).toBeLessThan(3000);
    expect(messages(running)).toContain("the shutdown cut off what was in flight");
  });

  it("is ended in time, whatever else it does", async () => {
    const running = await run("--stuck");
    running.child.kill("SIGTERM");
    expect(await running.ended).toEqual({ code: 1, signal: null });
    expect(messages(running)).toEqual([
      "listening",
      "shutting down",
      "something keeps the process alive after the shutdown, ending it",
    ]);
  });

  it("survives a rejection that nobody handles", async () => {
    const running = await run();
    const first = await post(`${running.url}/actions/echo`, { text: "float" });
    expect(await first.json()).toEqual({ text: "float" });
    const second = await post(`${running.url}/actions/echo`, { text: "still here" });
    expect(await second.json()).toEqual({ text: "still here" });
    expect(running.lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        service: "process-bot",
        message: "a promise was rejected and nobody handled it",
        error: expect.objectContaining({ message: "nobody looks at this" }),
      }),
    );
  });
});
