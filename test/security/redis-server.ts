import { type Daemon, freePort, startDaemon } from "../interop/daemon.ts";
import type { Tool } from "../interop/tools.ts";

export const redisServer: Tool = {
  name: "redis-server",
  debian: "redis-server",
  probe: ["redis-server", "--version"],
};

/** A real Redis, in memory only. */
export interface RunningRedis extends Daemon {
  readonly url: string;
}

/** Starts Redis on a free port of this machine. */
export async function startRedis(port?: number): Promise<RunningRedis> {
  const listening = port ?? (await freePort());
  const args = ["--port", String(listening), "--bind", "127.0.0.1", "--save", ""];
  const daemon = await startDaemon("redis-server", args, "Ready to accept connections");
  return { url: `redis://127.0.0.1:${listening}`, ...daemon };
}
