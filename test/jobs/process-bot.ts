// A server of asynchronous actions in a process of its own, for tests that end it.
import { setTimeout as sleep } from "node:timers/promises";
import { createJobs, sqliteJobStore } from "botwire/jobs";
import { createBotServer } from "botwire/node";
import { callbackDoor } from "botwire/webhook";
import { slowBot } from "./slow-bot.ts";

const [path = "", url = "", idempotency = ""] = process.argv.slice(2);

const server = createBotServer({
  actions: [
    slowBot(
      async ({ text, noteCount }) => {
        await sleep(noteCount);
        return { text };
      },
      idempotency === "idempotent" ? "idempotent" : "not_idempotent",
    ),
  ],
  doors: [callbackDoor({ unsigned: true })],
  jobs: createJobs({
    callback: { url, secret: btoa("secret") },
    store: sqliteJobStore({ path }),
    waitMs: 20,
    pollMs: 50,
    leaseMs: 600,
    retryDelaysMs: [20],
  }),
});
await server.listen({ port: 0, host: "127.0.0.1" });
