// A server in a process of its own, for the tests of signals and of rejections.
import { createBotServer } from "botwire/node";
import { toolDoor } from "botwire/webhook";
import { noteBot } from "../webhook/note-bot.ts";

const bot = noteBot({
  async echo(request) {
    if (request.text === "float") {
      void Promise.reject(new Error("nobody looks at this"));
    }
    await new Promise((resolve) => setTimeout(resolve, request.noteCount));
    return request;
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
});
await server.listen({ port: 0, host: "127.0.0.1" });
