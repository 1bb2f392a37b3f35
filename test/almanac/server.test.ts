import { createServer } from "node:net";
import { expect, test } from "vitest";
import { run } from "../interop/command.ts";
import { startServer } from "../interop/server-process.ts";

const script = "examples/almanac/server.ts";

/** Runs a server that cannot start, and returns what it says. */
async function failToStart(env: Readonly<Record<string, string>>) {
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const command = [process.execPath, "-C", "@botwire/source", script];
  const secrets = ["COZE_WEBHOOK_SECRET=secret", "TOOL_API_KEY=key", "COZE_VERIFY_TOKEN=token"];
  return run("env", [...assignments, ...secrets, ...command]);
}

test("a taken port is one line that says what to do", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, resolve));
  const address = other.address();
  const port = String(typeof address === "object" ? address?.port : "");
  expect(await failToStart({ PORT: port })).toEqual({
    stdout: "",
    stderr: expect.stringMatching(new RegExp(`^port ${port} is taken: [^\n]*\n$`)),
    status: 1,
  });
  other.close();
});

test("a port that is none is one line, too", async () => {
  expect(await failToStart({ PORT: "eighty" })).toMatchObject({
    stderr: expect.stringMatching(/^NaN is no port: [^\n]*\n$/),
    status: 1,
  });
});

test("a weather service without a proper address stops the server", async () => {
  const { stderr, status } = await failToStart({ PORT: "0", OPEN_METEO_URL: "nowhere" });
  expect(stderr).toContain("Invalid URL");
  expect(status).toBe(1);
});

test("warns of doors that check nothing", async () => {
  await using server = await startServer(script);
  expect(server.log()).toContain("warning: COZE_WEBHOOK_SECRET is not set");
  expect(server.log()).toContain("warning: TOOL_API_KEY is not set");
  expect(server.log()).toContain("warning: COZE_VERIFY_TOKEN is not set");
});

test("notes where its bots are published", async () => {
  await using server = await startServer(script);
  const response = await fetch(`${server.url}/coze_events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"header":{"event_type":"bot.published","event_id":"1","created_at":1749116452112},"event":{"bot_id":7340000000000000001,"bot_name":"早安","version":"2"}}',
  });
  expect(response.status).toBe(200);
  await expect.poll(() => server.log()).toContain('"message":"a bot was published"');
  expect(server.log()).toContain('"bot":"7340000000000000001"');
});

test("ends in peace when it is told to", async () => {
  await using server = await startServer(script);
  expect(await server.stop("SIGTERM")).toBe(0);
});

test("without a network the forecast is unavailable, and says so", async () => {
  await using server = await startServer(script, { OPEN_METEO_URL: "http://weather.invalid" });
  const response = await fetch(`${server.url}/actions/get_forecast`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"place":{"latitude":39.9,"longitude":116.4},"days":3}',
  });
  expect({ status: response.status, answer: await response.json() }).toEqual({
    status: 200,
    answer: {
      error: {
        code: "unavailable",
        message: "the weather service cannot be reached",
        violations: [],
      },
    },
  });
});
