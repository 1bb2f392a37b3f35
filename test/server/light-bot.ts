// A server in a process of its own, which tells what of Node is loaded when it listens.
import { createBotServer } from "botwire/node";
import { callbackDoor } from "botwire/webhook";
import { noteBot } from "../webhook/note-bot.ts";

const server = createBotServer({
  actions: [noteBot()],
  doors: [callbackDoor({ secret: "a secret of this test" })],
  log: { debug() {}, info() {}, warn() {}, error() {} },
});
await server.listen({ port: 0, host: "127.0.0.1" });
const loaded: unknown = Reflect.get(process, "moduleLoadList");
process.stdout.write(JSON.stringify(loaded));
await server.close();
