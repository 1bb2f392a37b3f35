import { readFileSync } from "node:fs";
import { implement } from "botwire";
import { toJson } from "botwire/codec";
import { mcpDoor } from "botwire/mcp";
import { expect, it } from "vitest";
import { everything } from "../connect/everything.ts";
import { EverythingSchema, WireService } from "../connect/generated/actions/wire/v1/wire.ts";
import { wireHandlers } from "../connect/wire-handlers.ts";
import { start } from "../server/start.ts";
import { connect, revisions } from "./connect.ts";
import { loadTools } from "./emit-tools.ts";

const path = "wire/v1/wire.proto";

// The client checks every answer against the schema of the tool's output.
it.each(revisions)("carries every kind of field in revision %s", async (revision) => {
  const tools = await loadTools({ [path]: readFileSync(`test/connect/proto/${path}`, "utf8") });
  const { url } = await start({
    bot: implement(WireService, wireHandlers()),
    doors: [mcpDoor({ tools: Object.values(tools), unsigned: true })],
  });
  const client = await connect(`${url}/mcp`, revision);
  await client.listTools();
  const json = toJson(EverythingSchema, EverythingSchema.init(everything), { naming: "proto" });
  const result = await client.callTool({ name: "echo", arguments: { everything: json } });
  expect(result.structuredContent).toMatchObject({ everything: json });
  const counted = await client.callTool({ name: "count", arguments: { to: 2 } });
  expect(counted.structuredContent).toEqual({ messages: [{ number: "1" }, { number: "2" }] });
});
