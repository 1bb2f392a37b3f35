import { run } from "../interop/command.ts";

/** What became of the calls of a load. */
export interface CallTimes {
  /** How long the calls of each status took, in milliseconds. */
  readonly times: { readonly [status: string]: readonly number[] };
  /** How many answers 503 did not say when to come back. */
  readonly withoutRetryAfter: number;
}

/** Loads a server from a process of its own. */
export async function load(
  url: string,
  options: { connections: number; durationMs: number; pauseMs?: number },
): Promise<CallTimes> {
  const { connections, durationMs, pauseMs = 0 } = options;
  const args = ["test/server/load-client.ts", url, connections, durationMs, pauseMs].map(String);
  const { stdout, stderr } = await run(process.execPath, args);
  const result: CallTimes | undefined = stdout === "" ? undefined : JSON.parse(stdout);
  if (result === undefined) {
    throw new Error(`the load broke off: ${stderr}`);
  }
  return result;
}

/** The time below which a part (0 to 1) of the calls stayed. */
export function quantile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
