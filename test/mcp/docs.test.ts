import { readFileSync } from "node:fs";
import { mcpDoor } from "botwire/mcp";
import { expect, it } from "vitest";
import { almanac } from "../../examples/almanac/almanac.ts";
import { AlmanacServiceTools } from "../../generated/spec/mcp/almanac/v1/almanac.tools.ts";
import { codeBlocks } from "../../scripts/markdown-blocks.ts";
import { run } from "../interop/command.ts";
import { curl, describeWith } from "../interop/tools.ts";
import { start } from "../server/start.ts";

await describeWith([curl], "docs/mcp.md", () => {
  const commands = codeBlocks(readFileSync("docs/mcp.md", "utf8"))
    .filter(({ language, text }) => language === "sh" && text.startsWith("curl"))
    .map(({ text }) => text);

  it.each(commands)("%s", async (text) => {
    const { url } = await start({
      bot: almanac(async () => []),
      doors: [mcpDoor({ tools: [AlmanacServiceTools], apiKey: "a key" })],
    });
    const script = `export MCP_API_KEY='a key'\n${text.replaceAll("http://localhost:8080", url)}`;
    const { stdout, stderr, status } = await run("sh", ["-e", "-c", script]);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toContain('"structuredContent":{');
    expect(stdout).toContain("丙午年");
  });
});
