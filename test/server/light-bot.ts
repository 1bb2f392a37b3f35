// A server in a process of its own, which tells what of Node is loaded when it
// listens, when it has answered a call, and later.
import { createBotServer } from "botwire/node";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, rawPost } from "./raw.ts";
import { timersOf } from "./slow-timers.ts";

const loaded = (): unknown => structuredClone(Reflect.get(process, "moduleLoadList"));

const server = createBotServer({
  actions: [noteBot()],
  doors: [callbackDoor({ secret: "a secret of this test" }), toolDoor({ unsigned: true })],
  log: { debug() {}, info() {}, warn() {}, error() {} },
});
const { port } = await server.listen({ port: 0, host: "127.0.0.1" });
const listening = loaded();
const { socket, until } = connect(port);
socket.write(rawPost("/actions/echo", "{}"));
await until("HTTP/1.1 200 OK");
const answered = loaded();
await timersOf(25);
process.stdout.write(JSON.stringify({ listening, answered, later: loaded() }));
socket.destroy();
await server.close();
