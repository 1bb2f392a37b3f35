import { spawn } from "node:child_process";

/** What a finished command printed, and how it ended. */
export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit status; -1 if a signal ended the command. */
  readonly status: number;
}

/** Runs a command to its end. A status other than 0 is a result, not an error. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, timeout: 60_000 });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ stdout, stderr, status: status ?? -1 }));
    // A command that ends without reading its input closes the pipe: no matter.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input);
  });
}

/** Runs a command that has to succeed and returns what it printed. */
export async function output(...parameters: Parameters<typeof run>): Promise<string> {
  const { stdout, stderr, status } = await run(...parameters);
  if (status !== 0) {
    throw new Error(`${parameters.slice(0, 2).flat().join(" ")}: status ${status}\n${stderr}`);
  }
  return stdout;
}
