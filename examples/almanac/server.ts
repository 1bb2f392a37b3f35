import { connectDoor } from "botwire/connect";
import { mcpDoor } from "botwire/mcp";
import { createBotServer, readDocuments } from "botwire/node";
import { startTelemetry } from "botwire/telemetry";
import { callbackDoor, documentsDoor, eventsDoor, toolDoor } from "botwire/webhook";
import { AlmanacServiceTools } from "../../generated/spec/mcp/almanac/v1/almanac.tools.ts";
import { almanac } from "./almanac.ts";
import { botEvents } from "./bot-events.ts";
import { howToCall } from "./how-to-call.ts";
import { openMeteo, publicOpenMeteo } from "./open-meteo.ts";

// The example bot at every door. The environment configures it:
//   PORT                 8080 if not set; 0 for a free one
//   COZE_WEBHOOK_SECRET  what signs callbacks
//   TOOL_API_KEY         what tool calls carry, by HTTP or by MCP
//   COZE_VERIFY_TOKEN    the verify token of the callback app, which signs events
//   OPEN_METEO_URL       the weather service
//   OTEL_EXPORTER_OTLP_ENDPOINT  where traces, metrics and logs go; nowhere if not set

const {
  PORT = "8080",
  COZE_WEBHOOK_SECRET: secret,
  TOOL_API_KEY: apiKey,
  COZE_VERIFY_TOKEN: token,
  OPEN_METEO_URL = publicOpenMeteo,
} = process.env;

if (secret === undefined) {
  console.warn("warning: COZE_WEBHOOK_SECRET is not set, so callbacks need no signature");
}
if (apiKey === undefined) {
  console.warn("warning: TOOL_API_KEY is not set, so tool calls need no key");
}
if (token === undefined) {
  console.warn("warning: COZE_VERIFY_TOKEN is not set, so events need no signature");
}

const key = apiKey === undefined ? ({ unsigned: true } as const) : { apiKey };

const telemetry = await startTelemetry({ serviceName: "almanac" });
const server = createBotServer({
  name: "almanac",
  ...telemetry.server,
  actions: [almanac(openMeteo(OPEN_METEO_URL))],
  doors: [
    callbackDoor(secret === undefined ? { unsigned: true } : { secret }),
    // Its document says of the countdown that it streams as Coze's plugins do.
    toolDoor({ ...key, cozeStreams: {} }),
    eventsDoor({ on: botEvents, ...(token === undefined ? { unsigned: true } : { token }) }),
    mcpDoor({ tools: [AlmanacServiceTools], name: "almanac", ...key }),
    documentsDoor({ documents: readDocuments("generated/spec") }),
    connectDoor(),
  ],
});

try {
  const { url } = await server.listen({ port: Number(PORT) });
  console.log(`\nalmanac listens on ${url}\n`);
  console.log(
    howToCall(url, {
      callback: secret !== undefined,
      tool: apiKey !== undefined,
      events: token !== undefined,
    }),
  );
} catch (error) {
  // A taken port, most of the time. The message says what to do.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
