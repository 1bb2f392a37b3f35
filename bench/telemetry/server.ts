// botwire's callback door with as much telemetry as is asked for:
//
//   server.ts <off|unconfigured|on> <OTLP endpoint> <sample ratio> <silent|lines>
import { openSync } from "node:fs";
import {
  createJsonLogger,
  implement,
  type Logger,
  type ServiceContract,
  silentLogger,
} from "botwire";
import { createBotServer } from "botwire/node";
import { startTelemetry, type Telemetry } from "botwire/telemetry";
import { callbackDoor } from "botwire/webhook";
import { pino } from "pino";
import { secret } from "../webhook/secret.ts";
import { handleMessage, type MessageRequest } from "../webhook/servers/handler.ts";
import { tellReady } from "../webhook/servers/ready.ts";

/** Serves until it is told to end, and then tells the sink how many calls there were. */
export async function serve(contract: ServiceContract): Promise<void> {
  const [mode = "off", given = "", ratio = "1", lines = "silent"] = process.argv.slice(2);
  const endpoint = given === "" ? undefined : given;
  const logs = lines === "lines";
  const telemetry = mode === "off" ? undefined : await start(endpoint, Number(ratio));
  let calls = 0;
  const bot = implement(contract, {
    handleMessage(request: unknown, { log }) {
      calls += 1;
      if (logs) {
        log.info("handled", { calls });
      }
      return handleMessage(request as MessageRequest<unknown, unknown>);
    },
  });
  const server = createBotServer({
    actions: [bot],
    doors: [callbackDoor({ secret })],
    ownsProcess: false,
    log: logs ? plainLogger() : silentLogger,
    ...telemetry?.server,
  });
  process.once("SIGTERM", async () => {
    await server.close();
    await telemetry?.shutdown();
    if (endpoint !== undefined) {
      await fetch(`${endpoint}/calls`, { method: "POST", body: String(calls) });
    }
    process.exit();
  });
  const { port } = await server.listen({ port: 0, host: "127.0.0.1" });
  tellReady(port);
}

function start(endpoint: string | undefined, sampleRatio: number): Promise<Telemetry> {
  return startTelemetry({
    serviceName: "bench",
    endpoint,
    sampleRatio,
    destination: pino.destination({ fd: openSync("/dev/null", "w"), sync: true }),
  });
}

/** What a server logs with that has no telemetry, to the same place. */
function plainLogger(): Logger {
  const sink = pino.destination({ fd: openSync("/dev/null", "w"), sync: true });
  return createJsonLogger({ service: "bench", write: (line) => void sink.write(`${line}\n`) });
}
