import { spawnSync } from "node:child_process";

/**
 * Runs a command with inherited output, and ends this process with its status
 * if it fails. npm puts node_modules/.bin first in PATH.
 */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string } = {},
): void {
  const result = spawnSync(command, args, { stdio: "inherit", ...options });
  if (result.error !== undefined) {
    console.error(`cannot run ${command}: ${result.error.message}`);
    process.exit(1);
  }
  if (result.status !== 0) {
    process.exit(result.status ?? 1);
  }
}
