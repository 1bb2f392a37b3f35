import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { Tool } from "../interop/tools.ts";

export const redisServer: Tool = {
  name: "redis-server",
  debian: "redis-server",
  probe: ["redis-server", "--version"],
};

/** A real Redis, in memory only. */
export interface RunningRedis {
  readonly url: string;
  /** Stops its process, as if the machine hung, until `resume()`. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Starts Redis on a free port of this machine. */
export async function startRedis(port?: number): Promise<RunningRedis> {
  const listening = port ?? (await freePort());
  const args = ["--port", String(listening), "--bind", "127.0.0.1", "--save", ""];
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => reject(new Error(`redis-server ended: ${said}`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("Ready to accept connections")) {
        resolve();
      }
    });
  });
  return {
    url: `redis://127.0.0.1:${listening}`,
    pause: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    async stop() {
      child.kill("SIGCONT");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === "object" && address !== null) {
          resolve(address.port);
        } else {
          reject(new Error("the port has no number"));
        }
      });
    });
  });
}
