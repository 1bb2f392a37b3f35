import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { codeBlocks, section } from "../../scripts/markdown-blocks.ts";
import { manifestProblems } from "../documents/coze-manifest-rules.ts";
import { cozeRules } from "../documents/coze-rules.ts";
import { output } from "../interop/command.ts";
import { type ServerProcess, startServer } from "../interop/server-process.ts";
import { curl, describeWith, jq } from "../interop/tools.ts";

// What the README says about platforms is done here, with the example's server
// on one side, and what stands in for the platform on the other.

const blocks = codeBlocks(section(readFileSync("README.md", "utf8"), "## On a platform"));

function blockOf(language: string): string {
  const found = blocks.filter((block) => block.language === language);
  expect(found).toHaveLength(1);
  return found[0]?.text ?? "";
}

/** Starts a server of JSON until the test is over, and returns its URL. */
async function standIn(
  answer: (body: string, request: IncomingMessage) => unknown,
): Promise<string> {
  const listener: RequestListener = async (request, response) => {
    const json = JSON.stringify(answer(await text(request), request));
    response.setHeader("content-type", "application/json").end(json);
  };
  const server = createServer(listener);
  onTestFinished(() => {
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

await describeWith([curl, jq], "the README's steps", () => {
  let bot: ServerProcess;
  const folder = mkdtempSync(join(tmpdir(), "botwire-platforms-"));
  beforeAll(async () => {
    bot = await startServer("examples/almanac/server.ts", { TOOL_API_KEY: "key" });
  });
  afterAll(async () => {
    await bot[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  it("register a plugin at coze-studio", async () => {
    let registered: unknown;
    const studio = await standIn((body, { url, method, headers }) => {
      registered = { ...JSON.parse(body), at: `${method} ${url}`, cookie: headers.cookie };
      return { code: 0, data: { plugin_id: "1" } };
    });
    const commands = blockOf("sh")
      .replaceAll("http://localhost:8080", bot.url)
      .replaceAll("http://localhost:8888", studio);
    const env = "export TOOL_API_KEY=key SPACE_ID=7340000000000000001 SESSION_KEY=s";
    const said = await output("sh", ["-e", "-c", `${env}\n${commands}`], { cwd: folder });
    expect(JSON.parse(said)).toMatchObject({ code: 0 });
    expect(registered).toEqual({
      at: "POST /api/plugin_api/register",
      cookie: "session_key=s",
      space_id: "7340000000000000001",
      ai_plugin: expect.any(String),
      openapi: expect.any(String),
    });
    const { ai_plugin, openapi } = registered as Record<string, string>;
    const document = JSON.parse(openapi ?? "");
    expect(cozeRules.flatMap((rule) => rule.check(document))).toEqual([]);
    expect(document.servers).toEqual([{ url: `${bot.url}/actions` }]);
    expect(manifestProblems(JSON.parse(ai_plugin ?? ""))).toEqual([]);
    expect(JSON.parse(ai_plugin ?? "").auth).toMatchObject({
      key: "Authorization",
      service_token: "key",
    });
  });

  it("connect a client of MCP", async () => {
    const { url, headers } = JSON.parse(blockOf("json")).mcpServers.almanac;
    const client = new Client({ name: "newcomer", version: "1.0.0" });
    onTestFinished(() => client.close());
    const address = new URL(url.replace("http://localhost:8080", bot.url));
    await client.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers } }));
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain("get_chinese_date");
  });

  it("let a model call functions", async () => {
    const call = (id: string, name: string, args: object) => ({
      id,
      type: "function",
      function: { name, arguments: JSON.stringify(args) },
    });
    const asked: { readonly path: string | undefined; readonly body: Record<string, unknown> }[] =
      [];
    const model = await standIn((body, { url }) => {
      asked.push({ path: url, body: JSON.parse(body) });
      const message =
        asked.length === 1
          ? {
              content: null,
              tool_calls: [
                call("call_1", "get_chinese_date", { date: "2026-02-17" }),
                call("call_2", "get_local_time", { time_zone: "Asia/Shanghai", at: null }),
                call("call_3", "get_chinese_date", { date: "soon" }),
              ],
            }
          : { content: "It is the first day of 丙午." };
      const choice = { index: 0, message: { role: "assistant", ...message } };
      return { id: "1", object: "chat.completion", created: 1, model: "m", choices: [choice] };
    });
    // Below the package, so that it finds the packages.
    const project = ".cache/on-a-platform";
    mkdirSync(project, { recursive: true });
    onTestFinished(() => rmSync(project, { recursive: true }));
    writeFileSync(
      join(project, "ask.ts"),
      blockOf("ts").replaceAll("http://localhost:8080", bot.url),
    );
    const said = await output("env", [
      "TOOL_API_KEY=key",
      "OPENAI_API_KEY=none",
      `OPENAI_BASE_URL=${model}/v1`,
      process.execPath,
      join(project, "ask.ts"),
    ]);
    expect(said).toBe("It is the first day of 丙午.\n");
    expect(asked.map(({ path }) => path)).toEqual(Array(2).fill("/v1/chat/completions"));
    const functions = JSON.parse(
      readFileSync("generated/spec/openai/almanac.chat-completions.json", "utf8"),
    );
    expect(asked[0]?.body["tools"]).toEqual(functions);
    expect(asked[1]?.body["messages"]).toEqual([
      expect.objectContaining({ role: "user" }),
      expect.objectContaining({ role: "assistant" }),
      { role: "tool", tool_call_id: "call_1", content: expect.stringContaining("丙午年正月初一") },
      { role: "tool", tool_call_id: "call_2", content: expect.stringContaining("+08:00") },
      {
        role: "tool",
        tool_call_id: "call_3",
        content: expect.stringContaining("invalid_argument"),
      },
    ]);
  });
});
