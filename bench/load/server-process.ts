import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type Placement, placed } from "./placement.ts";
import { type ProcessUsage, readUsage } from "./process-usage.ts";

/** A server that is measured, in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  usage(): ProcessUsage;
}

/**
 * Starts a module that listens on any free port and then prints `READY <port>`.
 *
 * @param args what the module gets as its arguments
 */
export async function startServer(
  module: string,
  args: readonly string[],
  placement: Placement,
): Promise<ServerProcess> {
  const node = [process.execPath, "-C", "@botwire/source", "--no-warnings", module, ...args];
  const [command, ...rest] = placed(placement, "server", node);
  const child = spawn(command, rest, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const port = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status) => reject(new Error(`${module} ended with status ${status}`)));
    createInterface(child.stdout).on("line", (line) => {
      const ready = /^READY (\d+)$/.exec(line);
      if (ready !== null) {
        resolve(Number(ready[1]));
      }
    });
  });
  return {
    port,
    // taskset and chrt become the program that they run, so that this is its id.
    usage: () => readUsage(child.pid ?? 0),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 3000);
      await ended;
      clearTimeout(late);
    },
  };
}
