import type { Cluster } from "node:cluster";
import type { Logger } from "../action/logger.ts";
import {
  checkPort,
  defaultPort,
  findFreePort,
  type ListenOptions,
  type ServerAddress,
} from "./listen.ts";
import { listenAsWorker } from "./worker.ts";
import { createWorkers } from "./workers.ts";

/** A server that listens in several processes, as one of them sees it. */
export interface SharedListening {
  readonly address: ServerAddress;
  /** What this process is. */
  readonly role: "primary" | "worker";
  /**
   * After the server's own end: the first process ends the others, a worker
   * lets go of it.
   */
  leave(): Promise<void>;
}

/** What a worker does to listen and to close. */
export interface WorkerSide {
  listen(where: ListenOptions): Promise<ServerAddress>;
  close(): Promise<void>;
}

/** The server of this process that has workers: they run the whole program. */
let owner: object | undefined;

/**
 * Opens a port for several processes, each of which runs this program: the first
 * one starts the others, which listen, and looks after them.
 *
 * @param graceMs how long workers may take to end
 * @param silenceMs how long they may be blocked
 */
export async function listenWithWorkers(
  count: number,
  { port = defaultPort, host }: ListenOptions,
  graceMs: number,
  silenceMs: number,
  side: WorkerSide,
  log: Logger,
): Promise<SharedListening> {
  checkPort(port);
  if (owner !== undefined) {
    throw new Error("a process can have one server with workers: leave workers out of the others");
  }
  owner = side;
  const cluster: Cluster = (await import("node:cluster")).default;
  if (cluster.isWorker) {
    return {
      role: "worker",
      address: await listenAsWorker(cluster, { port, host }, side.listen, side.close, silenceMs),
      async leave() {
        cluster.worker?.disconnect();
      },
    };
  }
  const free = port === 0 ? await findFreePort(host) : port;
  const workers = createWorkers(cluster, count, free, silenceMs, log);
  try {
    return { role: "primary", address: await workers.start(), leave: () => workers.close(graceMs) };
  } catch (error) {
    owner = undefined;
    throw error;
  }
}
