import { spawnSync } from "node:child_process";

/**
 * Where server and load generator run. `same`: both on one core, where the
 * generator never preempts the server, so that the rate tells how much work a
 * request is. `apart`: a core for each. `free`: on all cores.
 */
export type Placement = "same" | "apart" | "free";

/** The command that runs another one in its place. */
export function placed(
  placement: Placement,
  role: "server" | "generator",
  command: readonly string[],
): [command: string, ...args: string[]] {
  const [program = "", ...args] = command;
  if (placement === "free") {
    return [program, ...args];
  }
  const core = placement === "apart" && role === "generator" ? "1" : "0";
  // A batch process does not preempt others when it wakes up.
  const batch = placement === "same" && role === "generator" ? ["chrt", "-b", "0"] : [];
  return ["taskset", "-c", core, ...batch, program, ...args];
}

/** Throws an error that names the Debian packages if a tool of load tests is missing. */
export function requireLoadTools(): void {
  const missing = Object.entries(packages).filter(
    ([tool]) => spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0,
  );
  if (missing.length > 0) {
    const names = missing.map(([tool]) => tool).join(", ");
    const debian = [...new Set(missing.map(([, name]) => name))].join(" ");
    throw new Error(`load tests need ${names}, which are missing: apt-get install ${debian}`);
  }
}

const packages = { wrk: "wrk", taskset: "util-linux", chrt: "util-linux" };
