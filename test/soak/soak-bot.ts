// The server that is soaked, in a process of its own. It tells its parent what
// it has in memory, and what it noticed of its calls, when it is asked.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { ActionError, silentLogger } from "botwire";
import { createBotServer } from "botwire/node";
import { callbackDoor, memoryReplayStore } from "botwire/webhook";
import { echoBot } from "../webhook/note-bot.ts";
import { type SoakReport, soakBudgetMs, soakSecret } from "./settings.ts";

const bot = echoBot(async (request, { signal }) => {
  const [kind] = request.text.split(" ");
  switch (kind) {
    case "throw":
      throw new Error("a fault");
    case "refuse":
      throw new ActionError("not_found", "there is no such note");
    case "hang":
      await new Promise(() => {});
      return request;
    case "wait":
      await sleep(20, undefined, { signal });
      return request;
    default:
      return request;
  }
});

const loop = monitorEventLoopDelay({ resolution: 10 });
loop.enable();

let ended = 0;
let afterBudget = 0;
let latestMs = 0;

const server = createBotServer({
  actions: [bot],
  log: silentLogger,
  // A store that is full from the first seconds on grows no more.
  doors: [
    callbackDoor({
      secret: soakSecret,
      budgetMs: soakBudgetMs,
      replay: { store: memoryReplayStore({ maxKeys: 500 }) },
    }),
  ],
  hooks: [
    {
      onRequestEnd(_, { error, durationMs }) {
        ended += 1;
        latestMs = Math.max(latestMs, durationMs);
        if (error === undefined && durationMs > soakBudgetMs) {
          afterBudget += 1;
        }
      },
    },
  ],
});

process.on("message", () => {
  globalThis.gc?.();
  const report: SoakReport = {
    heapBytes: process.memoryUsage().heapUsed,
    inFlight: server.pipeline.inFlight,
    ended,
    afterBudget,
    latestMs,
    stillMs: loop.max / 1e6,
  };
  process.send?.(report);
});
process.on("SIGTERM", () => process.disconnect());

const { port } = await server.listen({ port: 0, host: "127.0.0.1" });
process.send?.({ port });
