import type { Cluster } from "node:cluster";
import type { ListenOptions, ServerAddress } from "./listen.ts";
import { beatMs } from "./silent-workers.ts";
import { isWorkerMessage, portVariable, type WorkerMessage } from "./worker-messages.ts";

/**
 * Opens the port that a worker shares with the others, tells the process that
 * started it, and closes the server when that asks for it.
 *
 * @param silenceMs how long that process may hear nothing of this one
 */
export async function listenAsWorker(
  cluster: Cluster,
  where: ListenOptions,
  listen: (where: ListenOptions) => Promise<ServerAddress>,
  close: () => Promise<void>,
  silenceMs: number,
): Promise<ServerAddress> {
  const taken = process.env[portVariable];
  try {
    const address = await listen(taken === undefined ? where : { ...where, port: Number(taken) });
    process.on("message", (message) => {
      if (isWorkerMessage(message) && message.botwire === "close") {
        void close();
      }
    });
    tell({ botwire: "listening", address });
    setInterval(() => tell({ botwire: "alive" }), beatMs(silenceMs)).unref();
    return address;
  } catch (error) {
    tell({ botwire: "failed", reason: error instanceof Error ? error.message : String(error) });
    cluster.worker?.disconnect();
    throw error;
  }
}

function tell(message: WorkerMessage): void {
  if (process.connected) {
    process.send?.(message);
  }
}
