import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The server of `process-bot.ts`, in a process of its own. */
export interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  /** Lines that were logged so far. */
  readonly lines: readonly { readonly [key: string]: unknown }[];
  /** Resolves to how the process ended. */
  readonly ended: Promise<{ code: unknown; signal: unknown }>;
}

/** Starts it, and waits until it listens. It is killed when the test is over. */
export async function run(...args: readonly string[]): Promise<Running> {
  const file = fileURLToPath(new URL("process-bot.ts", import.meta.url));
  const child = spawn(process.execPath, ["-C", "@botwire/source", file, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  const lines: { [key: string]: unknown }[] = [];
  const url = Promise.withResolvers<string>();
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.once("close", () => url.reject(new Error(`the server did not listen: ${said}`)));
  createInterface(child.stdout).on("line", (text) => {
    const line = JSON.parse(text);
    lines.push(line);
    if (line.message === "listening") {
      url.resolve(line.url);
    }
  });
  return { child, url: await url.promise, lines, ended };
}

/** What was logged so far. */
export function messages({ lines }: Running): unknown[] {
  return lines.map(({ message }) => message);
}
