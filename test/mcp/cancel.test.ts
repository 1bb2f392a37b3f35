import { type ActionContext, silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { mcpDoor } from "botwire/mcp";
import { describe, expect, it } from "vitest";
import { start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, revisions } from "./connect.ts";
import { NoteServiceTools } from "./note-tools.ts";
import { rawRequest, send } from "./raw.ts";

const doors = [mcpDoor({ tools: [NoteServiceTools], unsigned: true })];

/** A bot whose actions wait until they are cancelled. */
function waitingBot() {
  const started = Promise.withResolvers<ActionContext>();
  const aborted = Promise.withResolvers<unknown>();
  const wait = (context: ActionContext) => {
    started.resolve(context);
    return new Promise<never>((_, reject) => {
      context.signal.addEventListener("abort", () => {
        aborted.resolve(context.signal.reason);
        reject(context.signal.reason);
      });
    });
  };
  const bot = noteBot({
    echo: (_, context) => wait(context),
    async *repeat(_, context) {
      yield { text: "first" };
      await wait(context);
    },
  });
  return { bot, started: started.promise, aborted: aborted.promise };
}

describe.each(revisions)("a client of revision %s", (revision) => {
  it.each(["echo", "repeat"])("cancels %s", async (name) => {
    const { bot, started, aborted } = waitingBot();
    const { server, url } = await start({ bot, doors });
    const client = await connect(`${url}/mcp`, revision);
    const controller = new AbortController();
    const call = client.callTool({ name }, { signal: controller.signal });
    await started;
    controller.abort(new Error("changed my mind"));
    await expect(call).rejects.toThrow("changed my mind");
    expect(await aborted).toMatchObject({ name: "AbortError" });
    await server.pipeline.drain();
    expect(server.pipeline.inFlight).toBe(0);
  });

  it("cancels by going away", async () => {
    const { bot, started, aborted } = waitingBot();
    const { server, url } = await start({ bot, doors });
    const { headers, body } = rawRequest(revision, "tools/call", { name: "echo" });
    const controller = new AbortController();
    const { signal } = controller;
    const call = fetch(`${url}/mcp`, { method: "POST", headers, body, signal });
    await started;
    controller.abort();
    await expect(call).rejects.toThrow();
    expect(await aborted).toMatchObject({ name: "AbortError" });
    await server.pipeline.drain();
  });

  it("cancels behind the Fetch API", async () => {
    const { bot, started, aborted } = waitingBot();
    const handler = createFetchHandler({ actions: [bot], doors, log: silentLogger });
    const client = await connect("http://bot.test/mcp", revision, {
      fetch: (url, init) => handler(new Request(url, init)),
    });
    const controller = new AbortController();
    const call = client.callTool({ name: "echo" }, { signal: controller.signal });
    await started;
    controller.abort(new Error("changed my mind"));
    await expect(call).rejects.toThrow("changed my mind");
    expect(await aborted).toMatchObject({ name: "AbortError" });
  });
});

it("cannot cancel the call of another client", async () => {
  const { bot, started, aborted } = waitingBot();
  const { url } = await start({ bot, doors });
  const call = rawRequest("2025-11-25", "tools/call", { name: "echo" });
  const cancel = {
    headers: call.headers,
    body: JSON.stringify({
      jsonrpc: "2.0",
      method: "notifications/cancelled",
      params: { requestId: 1 },
    }),
  };
  const answer = send(`${url}/mcp`, call, { "mcp-session-id": "mine" });
  const context = await started;
  for (const session of [{}, { "mcp-session-id": "yours" }]) {
    expect((await send(`${url}/mcp`, cancel, session)).status).toBe(202);
    expect(context.signal.aborted).toBe(false);
  }
  await send(`${url}/mcp`, cancel, { "mcp-session-id": "mine" });
  await aborted;
  expect(await (await answer).text()).toBe("");
});
