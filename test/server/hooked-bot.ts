// A server in a process of its own, where Node's HTTP servers are watched as soon
// as they are loaded, as tracing libraries do. It tells who answered a connection
// before and after, and what was seen.
import type { Server } from "node:http";
import { createBotServer } from "botwire/node";
import { toolDoor } from "botwire/webhook";
import { noteBot } from "../webhook/note-bot.ts";
import { connect, rawPost } from "./raw.ts";
import { timersOf } from "./slow-timers.ts";

const seen: unknown[] = [];
const { getBuiltinModule } = process;
process.getBuiltinModule = ((id: string) => {
  const module: unknown = Reflect.apply(getBuiltinModule, process, [id]);
  if (id === "node:http") {
    watch((module as { Server: { prototype: Server } }).Server.prototype);
  }
  return module;
}) as typeof getBuiltinModule;

function watch(server: Server): void {
  const { emit } = server;
  server.emit = function (this: Server, ...args: unknown[]) {
    if (args[0] === "request") {
      seen.push(args[0]);
    }
    return Reflect.apply(emit, this, args);
  };
}

const server = createBotServer({
  actions: [noteBot()],
  doors: [toolDoor({ unsigned: true })],
  log: { debug() {}, info() {}, warn() {}, error() {} },
});
const { port } = await server.listen({ port: 0, host: "127.0.0.1" });
const { socket, until, received } = connect(port);
const call = async (text: string) => {
  const before = received().length;
  socket.write(rawPost("/actions/echo", JSON.stringify({ text })));
  await until(`"text":"${text}"`);
  // The lane writes the names of its headers in lower case.
  return received().slice(before).includes("\r\ndate: ") ? "lane" : "node";
};
const early = await call("one");
await timersOf(25);
const later = await call("two");
process.stdout.write(JSON.stringify({ early, later, seen }));
socket.destroy();
await server.close();
