import { describe, expect, test } from "vitest";
import { output } from "./command.ts";
import { startServer } from "./server-process.ts";
import { curl, describeWith, openssl } from "./tools.ts";

// What the example prints at its start is run here, line by line as a shell
// reads it.

const expected = {
  "Webhook callback": "丙午年正月初一",
  "Plugin tool call": "+08:00",
  "Event, as Coze asks whether the address is right": '{"challenge":"well met"}',
  "MCP, as an assistant calls a tool": '"get_chinese_date"',
  "Documents for Coze, Dify, OpenAPI and others": "/documents/coze/almanac.openapi.json",
  "Connect (or --protocol grpc, or grpcweb), a stream": '"remaining": 3',
  "All methods, by gRPC reflection": "almanac.v1.AlmanacService/GetLocalTime",
};

await describeWith([curl, openssl], "the commands that the example prints", () => {
  describe.each([
    ["without secrets", {}],
    [
      "with secrets",
      { COZE_WEBHOOK_SECRET: "a secret", TOOL_API_KEY: "key", COZE_VERIFY_TOKEN: "token" },
    ],
  ])("%s", (_name, env) => {
    test("work", async () => {
      await using server = await startServer("examples/almanac/server.ts", env);
      // Time enough to print the rest.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const blocks = [...server.log().matchAll(/^(\S.*):\n((?: {2}.*\n?)+)/gm)];
      expect(blocks.map(([, title]) => title)).toEqual(Object.keys(expected));
      const assignments = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`);
      for (const [, title, commands] of blocks) {
        const script = [...assignments, commands].join("\n");
        const text = await output("sh", ["-c", script]);
        expect({ title, text }).toEqual({
          title,
          text: expect.stringContaining(expected[title as keyof typeof expected]),
        });
      }
    });
  });
});
