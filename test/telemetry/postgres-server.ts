import { globSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../interop/command.ts";
import { freePort, startDaemon } from "../interop/daemon.ts";
import type { Tool } from "../interop/tools.ts";

/** Debian keeps them out of the path, as there may be several versions. */
const folder = "/usr/lib/postgresql/*/bin";

export const postgres: Tool = {
  name: "PostgreSQL",
  debian: "postgresql",
  probe: ["sh", "-c", `ls ${folder}/postgres`],
};

export const promtool: Tool = {
  name: "promtool",
  debian: "prometheus",
  probe: ["promtool", "--version"],
};

/** A real PostgreSQL. */
export interface RunningPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts PostgreSQL on a free port of this machine, with data of its own. */
export async function startPostgres(): Promise<RunningPostgres> {
  const bin = globSync(folder).sort().at(-1) ?? "";
  const data = await mkdtemp(join(tmpdir(), "botwire-postgres-"));
  const asUser = await unprivileged(data);
  const [command = "", ...args] = [...asUser, join(bin, "initdb")];
  const made = await run(command, [...args, "-A", "trust", "-U", "bot", "--no-sync", "-D", data]);
  if (made.status !== 0) {
    throw new Error(`initdb: ${made.stderr}`);
  }
  const port = await freePort();
  const [starter = "", ...rest] = [...asUser, join(bin, "postgres")];
  const settings = ["listen_addresses=127.0.0.1", `unix_socket_directories=${data}`, "fsync=off"];
  const daemon = await startDaemon(
    starter,
    [...rest, "-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    "ready to accept connections",
  );
  return {
    url: `postgres://bot@127.0.0.1:${port}/postgres`,
    async stop() {
      await daemon.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to be root: what goes before its commands if we are. */
async function unprivileged(data: string): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) {
    return [];
  }
  const { stdout } = await run("id", ["-u", "nobody"]);
  await chown(data, Number(stdout), 0);
  return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"];
}
