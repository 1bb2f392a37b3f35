// A worker that has the MCP door only.
import { silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { mcpDoor } from "botwire/mcp";
import { NoteServiceTools } from "../mcp/note-tools.ts";
import { noteBot } from "../webhook/note-bot.ts";

export default {
  fetch: createFetchHandler({
    actions: [noteBot()],
    doors: [mcpDoor({ tools: [NoteServiceTools], apiKey: "a key" })],
    log: silentLogger,
  }),
};
