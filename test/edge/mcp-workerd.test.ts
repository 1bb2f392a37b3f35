import { Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connect, revisions } from "../mcp/connect.ts";
import { bundle } from "./bundle.ts";

let worker: Miniflare;
let baseUrl: string;

beforeAll(async () => {
  const { code } = await bundle("mcp-worker.ts", ["workerd", "worker"]);
  worker = new Miniflare({ modules: true, script: code, compatibilityDate: "2026-07-01" });
  baseUrl = (await worker.ready).href.replace(/\/$/, "");
});
afterAll(() => worker.dispose());

it.each(revisions)("serves MCP %s in workerd", async (revision) => {
  const client = await connect(`${baseUrl}/mcp`, revision, {
    headers: { authorization: "Bearer a key" },
  });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["echo", "repeat"]);
  const progress: unknown[] = [];
  const result = await client.callTool(
    { name: "repeat", arguments: { text: "go", note_count: 2 } },
    { onprogress: (update) => progress.push(update.message) },
  );
  expect(result.structuredContent).toEqual({ messages: [{ text: "go 1" }, { text: "go 2" }] });
  expect(progress).toEqual(['{"text":"go 1"}', '{"text":"go 2"}']);
  const invalid = await client.callTool({ name: "echo", arguments: { text: "bad" } });
  expect(invalid.isError).toBe(true);
});
