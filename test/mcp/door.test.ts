import { silentLogger, type ToolSet } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { type McpDoorOptions, mcpDoor } from "botwire/mcp";
import { describe, expect, it } from "vitest";
import { start } from "../server/start.ts";
import { echoBot, noteBot } from "../webhook/note-bot.ts";
import { connect, revisions } from "./connect.ts";
import { NoteServiceTools } from "./note-tools.ts";
import { lastMessage, rawRequest, send } from "./raw.ts";

const tools = [NoteServiceTools];

describe("a server refuses to start", () => {
  const open = (options: McpDoorOptions, actions = [noteBot()]) =>
    createFetchHandler({ actions, doors: [mcpDoor(options)], log: silentLogger });

  it("without a key, unless told so", () => {
    expect(() => open({ tools })).toThrow(
      "mcp door: apiKey is not set: set it, or say unsigned: true to let everyone call",
    );
    expect(() => open({ tools, apiKey: undefined })).toThrow("apiKey is not set");
    expect(() => open({ tools, unsigned: true })).not.toThrow();
  });

  it("if a service has no tools", () => {
    expect(() => open({ tools: [], unsigned: true })).toThrow(
      "mcp door: test.v1.NoteService has no tools: import them from the generated file of its .proto that ends in .tools.ts, and list them in tools",
    );
  });

  it("if an action has no tool", () => {
    const { echo } = NoteServiceTools.tools;
    const stale: ToolSet = { ...NoteServiceTools, tools: echo === undefined ? {} : { echo } };
    expect(() => open({ tools: [stale], unsigned: true })).toThrow(
      'mcp door: test.v1.NoteService has no tool "repeat": the .tools.ts file is older than the contract, so generate it again',
    );
  });

  it("if there are tools of a service that it does not serve", () => {
    expect(() => open({ tools, unsigned: true }, [echoBot()])).toThrow(
      /^mcp door: test\.v1\.NoteService is among the tools, but not among the actions of the server\n- test\.v1\.EchoService has no tools/,
    );
  });

  it("with options that make no sense", () => {
    expect(() => mcpDoor({ tools, path: "mcp" })).toThrow('mcp door: "mcp" is no path');
    expect(() => mcpDoor({ tools, budgetMs: 0 })).toThrow("budgetMs must be more than 0");
    expect(() => mcpDoor({ tools, maxStreamLength: -1 })).toThrow("maxStreamLength");
    expect(() => mcpDoor({ tools, origins: ["app.example.com"] })).toThrow(
      'mcp door: origins: "app.example.com" is not an origin',
    );
  });
});

describe.each(revisions)("a client of revision %s", (revision) => {
  it("is served through the Fetch API", async () => {
    const handler = createFetchHandler({
      actions: [noteBot()],
      doors: [mcpDoor({ tools, apiKey: "a key" })],
      log: silentLogger,
    });
    const client = await connect("http://bot.test/mcp", revision, {
      headers: { authorization: "Bearer a key" },
      fetch: (url, init) => handler(new Request(url, init)),
    });
    expect((await client.listTools()).tools).toHaveLength(2);
    const progress: number[] = [];
    const result = await client.callTool(
      { name: "repeat", arguments: { text: "x", note_count: 2 } },
      { onprogress: (update) => progress.push(update.progress) },
    );
    expect(result.structuredContent).toEqual({ messages: [{ text: "x 1" }, { text: "x 2" }] });
    expect(progress).toEqual([1, 2]);
  });

  it("is told what the door is told", async () => {
    const door = mcpDoor({
      tools,
      unsigned: true,
      path: "/bots/notes",
      name: "notes",
      version: "7.1.0",
      instructions: "Notes are short.",
    });
    const { url } = await start({ doors: [door] });
    const client = await connect(`${url}/bots/notes`, revision);
    expect(client.getServerVersion()).toMatchObject({ name: "notes", version: "7.1.0" });
    expect(client.getInstructions()).toBe("Notes are short.");
  });
});

describe("annotations", () => {
  it.each([
    ["no_side_effects", { readOnlyHint: true, destructiveHint: false, idempotentHint: true }],
    ["idempotent", { readOnlyHint: false, idempotentHint: true }],
    ["not_idempotent", { readOnlyHint: false, idempotentHint: false }],
    ["unspecified", undefined],
  ] as const)("of an action that is %s", async (idempotency, annotations) => {
    const bot = noteBot();
    const actions = bot.actions.map((one) => ({ ...one, action: { ...one.action, idempotency } }));
    const { url } = await start({
      bot: { ...bot, actions },
      doors: [mcpDoor({ tools, unsigned: true })],
    });
    const client = await connect(`${url}/mcp`, "2026-07-28");
    for (const tool of (await client.listTools()).tools) {
      expect(tool.annotations).toEqual(annotations);
    }
  });
});

it("does not keep clients waiting for changes of the tools, as there are none", async () => {
  const { url } = await start({ doors: [mcpDoor({ tools, unsigned: true })] });
  const notifications = { toolsListChanged: true };
  const listen = rawRequest("2026-07-28", "subscriptions/listen", { notifications });
  const response = await send(`${url}/mcp`, listen);
  expect(await lastMessage(response)).toMatchObject({ id: 1, result: { resultType: "complete" } });
});
