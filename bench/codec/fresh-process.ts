import { spawnSync } from "node:child_process";

/** Runs a module in a process of its own, and returns the number that it prints. */
export function runFresh(module: string, flags: readonly string[] = []): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, module], {
    encoding: "utf8",
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return Number(stdout);
}
