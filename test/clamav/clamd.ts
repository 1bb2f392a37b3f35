import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Daemon, freePort, startDaemon } from "../interop/daemon.ts";
import type { Tool } from "../interop/tools.ts";
import { eicar } from "../scan/eicar.ts";

export const clamd: Tool = {
  name: "clamd",
  debian: "clamav-daemon",
  probe: ["clamd", "--version"],
};

/** The name that clamd gives to the signature of these tests. */
export const signature = "Botwire.Test.Eicar.UNOFFICIAL";

/** A real ClamAV. */
export interface RunningClamd extends Daemon {
  readonly socket: string;
  readonly port: number;
  /** Changes what clamd knows, and has it read it again. */
  setSignatures(lines: string): Promise<void>;
}

/** What clamd knows of the EICAR test string. */
export const eicarSignature = `Botwire.Test.Eicar:0:*:${Buffer.from(eicar).toString("hex")}\n`;

/** Starts clamd with signatures of our own: nothing is downloaded. */
export async function startClamd(
  signatures = eicarSignature,
  streamMaxLength = "1M",
): Promise<RunningClamd> {
  const folder = await mkdtemp(join(tmpdir(), "botwire-clamd-"));
  const socket = join(folder, "clamd.ctl");
  const database = join(folder, "test.ndb");
  const log = join(folder, "clamd.log");
  const port = await freePort();
  await writeFile(database, signatures);
  await writeFile(
    join(folder, "clamd.conf"),
    [
      "Foreground yes",
      `LogFile ${log}`,
      `LocalSocket ${socket}`,
      "TCPAddr 127.0.0.1",
      `TCPSocket ${port}`,
      `DatabaseDirectory ${folder}`,
      `StreamMaxLength ${streamMaxLength}`,
      "",
    ].join("\n"),
  );
  const daemon = await startDaemon("clamd", ["-c", join(folder, "clamd.conf")], "Self checking");
  return {
    ...daemon,
    socket,
    port,
    async setSignatures(lines) {
      const reloads = async () => (await readFile(log, "utf8")).split("Database correctly").length;
      const before = await reloads();
      await writeFile(database, lines);
      daemon.signal("SIGUSR2");
      while ((await reloads()) === before) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      await daemon.stop();
      await rm(folder, { recursive: true });
    },
  };
}
