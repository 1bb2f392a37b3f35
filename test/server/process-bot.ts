// A server in a process of its own, for the tests of signals and of rejections.
import { createBotServer } from "botwire/node";
import { toolDoor } from "botwire/webhook";
import { noteBot } from "../webhook/note-bot.ts";

const bot = noteBot({
  async echo(request) {
    if (request.text === "float") {
      void Promise.reject(new Error("nobody looks at this"));
    }
    if (request.text === "crash") {
      process.exit(3);
    }
    while (request.text === "block") {}
    await new Promise((resolve) => setTimeout(resolve, request.noteCount));
    return request.text === "who" ? { text: String(process.pid) } : request;
  },
});

if (process.argv.includes("--stuck")) {
  setInterval(() => {}, 60_000);
}

const server = createBotServer({
  actions: [bot],
  doors: [toolDoor({ unsigned: true })],
  name: "process-bot",
  shutdownMs: 1000,
  workers: process.argv.includes("--workers") ? 2 : 1,
  ...(process.argv.includes("--impatient") && { workerTimeoutMs: 1000 }),
});
const port = process.argv.indexOf("--port") + 1;
await server.listen({ port: port > 0 ? Number(process.argv[port]) : 0, host: "127.0.0.1" });
