import { createServer } from "node:net";
import { createBotServer, type Door } from "botwire/node";
import { callbackDoor, eventsDoor } from "botwire/webhook";
import { describe, expect, it, onTestFinished } from "vitest";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, rawPost } from "./raw.ts";
import { messages, type Running, run } from "./run-bot.ts";
import { post, start } from "./start.ts";

/** Asks on a connection of its own which process answers. */
async function who({ url }: Running): Promise<string> {
  const { socket, until, received } = connect(Number(new URL(url).port));
  socket.write(rawPost("/actions/echo", '{"text":"who"}'));
  await until("}");
  socket.destroy();
  return /"text":"(\d+)"/.exec(received())?.[1] ?? "nobody";
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries === 400) {
      throw new Error("what was waited for did not happen");
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function exists(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

describe("two workers", () => {
  it("share a free port, which the first process does not answer", async () => {
    const running = await run("--workers");
    const pids = new Set<string>();
    await until(async () => pids.add(await who(running)).size === 2);
    expect(pids).not.toContain(String(running.child.pid));
    expect(messages(running)).toEqual(["listening"]);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
  });

  it("are followed by another if one crashes, and the other goes on", async () => {
    const running = await run("--workers");
    await expect(post(`${running.url}/actions/echo`, { text: "crash" })).rejects.toThrow();
    // Nobody is turned away meanwhile.
    expect(await who(running)).toMatch(/^\d+$/);
    await until(() => messages(running).includes("a worker listens again"));
    const pids = new Set<string>();
    await until(async () => pids.add(await who(running)).size === 2);
    expect(running.lines).toContainEqual(
      expect.objectContaining({
        message: "a worker ended, another takes its place",
        reason: "it ended with status 3",
      }),
    );
  });

  it("are followed by another if one is blocked, and the other goes on", async () => {
    const running = await run("--workers", "--impatient");
    await expect(post(`${running.url}/actions/echo`, { text: "block" })).rejects.toThrow();
    expect(await who(running)).toMatch(/^\d+$/);
    await until(() => messages(running).includes("a worker listens again"));
    expect(running.lines).toContainEqual(
      expect.objectContaining({
        message: "a worker is blocked, so it is ended",
        pid: expect.any(Number),
        after_ms: 1000,
      }),
    );
    expect(running.lines).toContainEqual(
      expect.objectContaining({ reason: "it was blocked for 1000 ms" }),
    );
  });

  it("are left alone while they are idle, or at work", async () => {
    const running = await run("--workers", "--impatient");
    const slow = { text: "slow", note_count: 2500 };
    expect(await (await post(`${running.url}/actions/echo`, slow)).json()).toEqual(slow);
    expect(messages(running)).toEqual(["listening"]);
  });

  it("take the same port again after both crashed", async () => {
    const running = await run("--workers");
    const both = new Set<string>();
    await until(async () => both.add(await who(running)).size === 2);
    for (const pid of both) {
      process.kill(Number(pid), "SIGKILL");
    }
    const again = () => messages(running).filter((text) => text === "a worker listens again");
    await until(() => again().length === 2);
    expect(both).not.toContain(await who(running));
  });

  it.each(["SIGTERM", "SIGINT"] as const)("let calls finish on %s", async (signal) => {
    const running = await run("--workers");
    const both = new Set<string>();
    await until(async () => both.add(await who(running)).size === 2);
    const call = post(`${running.url}/actions/echo`, { text: "late", note_count: 400 });
    await new Promise((resolve) => setTimeout(resolve, 150));
    running.child.kill(signal);
    expect(await (await call).json()).toEqual({ text: "late", note_count: 400 });
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect([...both].filter(exists)).toEqual([]);
    expect(messages(running)).toEqual(["listening", "shutting down"]);
  });

  it("are ended in time, whatever their calls do", async () => {
    const running = await run("--workers");
    const call = post(`${running.url}/actions/echo`, { note_count: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 150));
    running.child.kill("SIGTERM");
    await expect(call).rejects.toThrow();
    expect(await running.ended).toEqual({ code: 0, signal: null });
  });

  it("say why they cannot start", async () => {
    const taken = createServer();
    onTestFinished(() => void taken.close());
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, "127.0.0.1", () => {
        const address = taken.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    await expect(run("--workers", "--port", String(port))).rejects.toThrow(
      `a worker could not start: port ${port} of "127.0.0.1" is taken`,
    );
  });
});

describe("doors of several workers", () => {
  const withWorkers = (door: Door) => () =>
    createBotServer({ actions: [noteBot()], doors: [door], workers: 2 });
  const secret = "a secret";

  it("refuse to remember calls each for itself", () => {
    expect(withWorkers(callbackDoor({ secret }))).toThrow(
      "callback door: each of the 2 workers would remember for itself what it saw, so that another would take it again: set replay: { store: redisReplayStore(...) }",
    );
    expect(withWorkers(eventsDoor({ token: secret, on: {} }))).toThrow(
      "events door: each of the 2 workers would remember for itself what it saw",
    );
  });

  it("take a shared store, or none", () => {
    const store = { claim: () => ({ fresh: false, value: undefined }) as const };
    expect(withWorkers(callbackDoor({ secret, replay: { store } }))).not.toThrow();
    expect(withWorkers(callbackDoor({ secret, replay: false }))).not.toThrow();
  });

  it.each([0, -1, 1.5, Number.NaN])("are never %d", (workers) => {
    expect(() => createBotServer({ actions: [noteBot()], doors: [], workers })).toThrow(
      `workers must be an integer of 1 or more, not ${workers}`,
    );
  });

  it("are this process alone by default", async () => {
    const { url } = await start();
    expect(await (await post(`${url}/actions/echo`, { text: "a" })).json()).toMatchObject({
      text: "a",
    });
  });
});
