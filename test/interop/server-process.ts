import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A bot server in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  /** For example `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** Everything that the server printed so far. */
  readonly log: () => string;
  readonly alive: () => boolean;
  /** Sends a signal and waits for the end. Returns the exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts a server from its sources on a free port and waits until it says where
 * it listens.
 */
export async function startServer(
  script: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["-C", "@botwire/source", script], {
    env: { ...process.env, ...env, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const url = await firstUrl(child, lines);
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const stop = (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    return exit;
  };
  return {
    url,
    port: Number(new URL(url).port),
    log: () => lines.join("\n"),
    alive: () => child.exitCode === null && child.signalCode === null,
    stop,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        await stop("SIGKILL");
      }
    },
  };
}

function firstUrl(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) {
        createInterface(stream).on("line", (line) => {
          lines.push(line);
          const [url] = /http:\/\/[\w.]+:\d+/.exec(line) ?? [];
          if (url !== undefined) {
            resolve(url);
          }
        });
      }
    }
    child.once("error", reject);
    child.once("exit", (status) =>
      reject(new Error(`the server ended with status ${status}:\n${lines.join("\n")}`)),
    );
  });
}
