// The server whose faults are tested, in a process of its own. The environment
// says what is broken around it:
//   REDIS_URL  where replays are remembered; in memory without it
//   SCANNER    "down" or "slow"; content is not scanned without it
import { setTimeout as sleep } from "node:timers/promises";
import { createBotServer } from "botwire/node";
import { redisReplayStore } from "botwire/redis";
import { type Scanner, scanContent } from "botwire/scan";
import { callbackDoor } from "botwire/webhook";
import { createClient } from "redis";
import { echoBot } from "../webhook/note-bot.ts";
import { budgetMs, newSecret, oldSecret, requestTimeoutMs } from "./settings.ts";

let aborted = 0;

/** The text of a request says what the handler does. */
const bot = echoBot(async (request, { signal }) => {
  signal.addEventListener("abort", () => {
    aborted += 1;
  });
  switch (request.text) {
    case "throw":
      throw new Error("what went wrong is nobody's business");
    case "hang":
      await new Promise(() => {});
      return request;
    case "block":
      for (const end = Date.now() + 2 * budgetMs; Date.now() < end; );
      return request;
    case "wait":
      await sleep(request.noteCount);
      return request;
    case "aborted":
      return { text: "aborted", noteCount: aborted };
    default:
      return request;
  }
});

const { REDIS_URL: url, SCANNER: scanner } = process.env;

const server = createBotServer({
  actions: [bot],
  doors: [
    callbackDoor({
      secret: [newSecret, oldSecret],
      budgetMs,
      maxBodyBytes: 10_000,
      replay: url === undefined ? {} : { store: await redisStore(url), timeoutMs: 100 },
    }),
  ],
  middleware:
    scanner === undefined ? [] : [scanContent({ scanner: brokenScanner(), timeoutMs: 100 })],
  limits: { requestTimeoutMs, headersTimeoutMs: requestTimeoutMs },
});
await server.listen({ port: 0, host: "127.0.0.1" });

async function redisStore(url: string) {
  const client = createClient({ url });
  client.on("error", () => {});
  await client.connect();
  return redisReplayStore({ client });
}

function brokenScanner(): Scanner {
  return {
    scan: () =>
      scanner === "down"
        ? Promise.reject(new Error("connect ECONNREFUSED"))
        : new Promise(() => {}),
  };
}
