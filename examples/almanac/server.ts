import { connectDoor } from "botwire/connect";
import { createBotServer } from "botwire/node";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { almanac } from "./almanac.ts";
import { howToCall } from "./how-to-call.ts";
import { openMeteo, publicOpenMeteo } from "./open-meteo.ts";

// The example bot at every door. Configuration comes from the environment:
//   PORT                 8080 if not set; 0 for a free one
//   COZE_WEBHOOK_SECRET  what signs callbacks
//   TOOL_API_KEY         what tool calls carry
//   OPEN_METEO_URL       the weather service

const {
  PORT = "8080",
  COZE_WEBHOOK_SECRET: secret,
  TOOL_API_KEY: apiKey,
  OPEN_METEO_URL = publicOpenMeteo,
} = process.env;

if (secret === undefined || apiKey === undefined) {
  const unset = [
    secret === undefined ? "COZE_WEBHOOK_SECRET" : [],
    apiKey === undefined ? "TOOL_API_KEY" : [],
  ].flat();
  console.warn(
    `warning: ${unset.join(" and ")} not set: everyone can call. Fine for a try only.\n`,
  );
}

const server = createBotServer({
  actions: [almanac(openMeteo(OPEN_METEO_URL))],
  doors: [
    callbackDoor(secret === undefined ? { unsigned: true } : { secret }),
    toolDoor(apiKey === undefined ? { unsigned: true } : { apiKey }),
    connectDoor(),
  ],
});

const { url } = await server.listen({ port: Number(PORT) });
console.log(`almanac listens on ${url}\n`);
console.log(howToCall(url, { callback: secret !== undefined, tool: apiKey !== undefined }));
