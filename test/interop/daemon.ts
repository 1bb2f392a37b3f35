import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** A server of another house, in a process of its own. */
export interface Daemon {
  /** Stops its process, as if the machine hung, until `resume()`. */
  pause(): void;
  resume(): void;
  /** Sends its process a signal. */
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** Starts a server, and waits until it says that it is ready. */
export async function startDaemon(
  command: string,
  args: readonly string[],
  readyText: string,
): Promise<Daemon> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => reject(new Error(`${command} ended: ${said}`)));
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding("utf8").on("data", (text: string) => {
        // Nobody reads what comes later, but it has to go somewhere.
        said = (said + text).slice(-65_536);
        if (said.includes(readyText)) {
          resolve();
        }
      });
    }
  });
  return {
    pause: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    signal: (name) => child.kill(name),
    async stop() {
      child.kill("SIGCONT");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
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
