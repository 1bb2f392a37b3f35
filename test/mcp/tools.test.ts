import { ActionError } from "botwire";
import { mcpDoor } from "botwire/mcp";
import { describe, expect, it } from "vitest";
import { keepLog, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, revisions, textOf } from "./connect.ts";
import { NoteServiceTools } from "./note-tools.ts";

const doors = [mcpDoor({ tools: [NoteServiceTools], unsigned: true })];

describe.each(revisions)("a client of revision %s", (revision) => {
  it("negotiates the revision", async () => {
    const { url } = await start({ doors });
    const client = await connect(`${url}/mcp`, revision);
    expect(client.getNegotiatedProtocolVersion()).toBe(revision);
    expect(client.getServerVersion()).toMatchObject({ name: "botwire" });
  });

  it("lists the tools", async () => {
    const { url } = await start({ doors });
    const client = await connect(`${url}/mcp`, revision);
    const { tools } = await client.listTools();
    expect(tools).toMatchObject([
      {
        name: "echo",
        title: "Echo",
        description: "Echo a note.",
        inputSchema: { type: "object", $ref: "#/$defs/Note" },
        outputSchema: { type: "object", $ref: "#/$defs/Note" },
      },
      {
        name: "repeat",
        description: "test.v1.NoteService.repeat",
        outputSchema: {
          type: "object",
          properties: { messages: { type: "array", items: { $ref: "#/$defs/Note" } } },
          required: ["messages"],
          $defs: { Note: { type: "object" } },
        },
      },
    ]);
  });

  it("gets the response message as data and as text", async () => {
    const { url } = await start({ doors });
    const client = await connect(`${url}/mcp`, revision);
    await client.listTools();
    const note = { text: "早安", note_count: 3, child: { text: "inner" } };
    const result = await client.callTool({ name: "echo", arguments: note });
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toEqual(note);
    expect(JSON.parse(textOf(result))).toEqual(note);
    expect(result._meta).toMatchObject({ trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it("may leave the arguments out, and write names in lowerCamelCase", async () => {
    const { url } = await start({ doors });
    const client = await connect(`${url}/mcp`, revision);
    const bare = await client.callTool({ name: "echo" });
    expect(bare.structuredContent).toEqual({});
    const camel = await client.callTool({ name: "echo", arguments: { noteCount: 2 } });
    expect(camel.structuredContent).toEqual({ note_count: 2 });
  });

  it("gets the messages of a stream as a list, and as progress if it asks for it", async () => {
    const { url } = await start({ doors });
    const client = await connect(`${url}/mcp`, revision);
    await client.listTools();
    const call = { name: "repeat", arguments: { text: "go", note_count: 3 } };
    const messages = [{ text: "go 1" }, { text: "go 2" }, { text: "go 3" }];
    expect((await client.callTool(call)).structuredContent).toEqual({ messages });
    const progress: unknown[] = [];
    const result = await client.callTool(call, { onprogress: (update) => progress.push(update) });
    expect(result.structuredContent).toEqual({ messages });
    expect(progress).toEqual(
      messages.map((message, index) => ({ progress: index + 1, message: JSON.stringify(message) })),
    );
  });

  it("gets progress while the stream still runs", async () => {
    const seen = Promise.withResolvers<void>();
    const bot = noteBot({
      async *repeat() {
        yield { text: "first" };
        await seen.promise;
        yield { text: "second" };
      },
    });
    const { url } = await start({ bot, doors });
    const client = await connect(`${url}/mcp`, revision);
    const result = await client.callTool({ name: "repeat" }, { onprogress: () => seen.resolve() });
    expect(result.structuredContent).toEqual({ messages: [{ text: "first" }, { text: "second" }] });
  });

  it("learns what is wrong with its arguments as the result of the tool", async () => {
    const { url } = await start({ doors });
    const client = await connect(`${url}/mcp`, revision);
    const invalid = await client.callTool({ name: "echo", arguments: { text: "bad" } });
    expect(invalid.isError).toBe(true);
    expect(invalid.structuredContent).toBeUndefined();
    expect(JSON.parse(textOf(invalid))).toMatchObject({
      error: {
        code: "invalid_argument",
        message: "text: must not be bad [string.not_bad]",
        violations: [{ field: "text", rule: "string.not_bad", message: "must not be bad" }],
      },
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const unknown = await client.callTool({ name: "echo", arguments: { zone: 1, text: 2 } });
    expect(JSON.parse(textOf(unknown))).toMatchObject({
      error: {
        code: "invalid_argument",
        violations: [
          { field: "zone", rule: "json", message: "unknown field" },
          { field: "text", rule: "json", message: "expected string, got 2" },
        ],
      },
    });
  });

  it("learns of failures as the result of the tool", async () => {
    const bot = noteBot({
      echo() {
        throw new ActionError("unavailable", "come back later", { retryAfterMs: 1500 });
      },
      async *repeat() {
        yield { text: "one" };
        throw new Error("a secret of the handler");
      },
    });
    const { log } = keepLog();
    const { url } = await start({ bot, doors, log });
    const client = await connect(`${url}/mcp`, revision);
    await client.listTools();
    const failed = await client.callTool({ name: "echo" });
    expect(failed.isError).toBe(true);
    expect(JSON.parse(textOf(failed))).toMatchObject({
      error: { code: "unavailable", message: "come back later", violations: [] },
      retry_after_ms: 1500,
    });
    const broken = await client.callTool({ name: "repeat" });
    expect(JSON.parse(textOf(broken))).toMatchObject({
      error: { code: "internal", message: "internal error" },
    });
  });

  it("is told about an answer that cannot be written, without the reason", async () => {
    const { log, lines } = keepLog();
    const { url } = await start({ doors, log });
    const client = await connect(`${url}/mcp`, revision);
    const result = await client.callTool({ name: "echo", arguments: { text: "unwritable" } });
    expect(JSON.parse(textOf(result))).toMatchObject({
      error: { code: "internal", message: "internal error" },
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "error", message: "the response cannot be written" }),
    );
  });

  it("gets an error of the protocol for a tool that is not there", async () => {
    const { url } = await start({ doors });
    const client = await connect(`${url}/mcp`, revision);
    await expect(client.callTool({ name: "ecko" })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('there is no action "ecko"; did you mean "echo"?'),
    });
    await expect(client.callTool({ name: "" })).rejects.toMatchObject({ code: -32602 });
    await expect(client.callTool({ name: "__proto__" })).rejects.toMatchObject({ code: -32602 });
  });

  it("gets no more of a stream than the door allows", async () => {
    let left = false;
    const bot = noteBot({
      async *repeat() {
        try {
          for (let i = 0; ; i++) {
            yield { text: `message ${i}` };
          }
        } finally {
          left = true;
        }
      },
    });
    const { url } = await start({
      bot,
      doors: [mcpDoor({ tools: [NoteServiceTools], unsigned: true, maxStreamLength: 1000 })],
    });
    const client = await connect(`${url}/mcp`, revision);
    const result = await client.callTool({ name: "repeat" });
    expect(JSON.parse(textOf(result))).toMatchObject({
      error: {
        code: "resource_exhausted",
        message: "the answer is longer than 1000 characters: ask for less of it",
      },
    });
    expect(left).toBe(true);
  });

  it("is answered in time by an action that takes too long", async () => {
    const bot = noteBot({ echo: () => new Promise(() => {}) });
    const { url } = await start({
      bot,
      doors: [mcpDoor({ tools: [NoteServiceTools], unsigned: true, budgetMs: 100 })],
    });
    const client = await connect(`${url}/mcp`, revision);
    const result = await client.callTool({ name: "echo" });
    expect(JSON.parse(textOf(result))).toMatchObject({ error: { code: "deadline_exceeded" } });
  });
});
