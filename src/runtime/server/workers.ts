import type { Cluster, Worker } from "node:cluster";
import type { Logger } from "../action/logger.ts";
import type { ServerAddress } from "./listen.ts";
import { watchWorkers } from "./silent-workers.ts";
import { isWorkerMessage, portVariable, type WorkerMessage } from "./worker-messages.ts";

/** The processes that share a server's port. */
export interface Workers {
  /**
   * Starts them; resolves when all listen. Rejects if one cannot, and ends the
   * others.
   */
  start(): Promise<ServerAddress>;

  /** Lets all finish what they are at, and ends those that are left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** How long a worker that follows one that ended has to wait, in milliseconds. */
const pauses = { first: 100, longest: 10_000 };

/** A worker that has run for so long, in milliseconds, did not end because it cannot start. */
const steadyMs = 10_000;

/**
 * Runs the program of this process in others, and starts a new one for each that
 * ends, later and later while they end soon.
 *
 * @param silenceMs a worker of which nothing is heard for longer is ended
 */
export function createWorkers(
  cluster: Cluster,
  count: number,
  port: number,
  silenceMs: number,
  log: Logger,
): Workers {
  const alive = new Set<Worker>();
  const timers = new Set<NodeJS.Timeout>();
  let closing = false;
  let failures = 0;
  let allEnded = () => {};
  const reasons = new Map<Worker, string>();
  const watch = watchWorkers<Worker>(
    silenceMs,
    (worker, reason) => {
      reasons.set(worker, reason);
      worker.process.kill("SIGKILL");
    },
    log,
  );

  function fork(onListening: (address: ServerAddress) => void, onEnd: (reason: string) => void) {
    const worker = cluster.fork({ [portVariable]: String(port) });
    const startedAt = performance.now();
    alive.add(worker);
    worker.on("message", (message: unknown) => {
      if (!isWorkerMessage(message)) {
        return;
      }
      if (message.botwire === "failed") {
        reasons.set(worker, message.reason);
        return;
      }
      watch.heard(worker);
      if (message.botwire === "listening") {
        onListening(message.address);
      }
    });
    worker.on("error", (error) => {
      log.error("a worker cannot be reached", { pid: worker.process.pid, error });
    });
    worker.on("exit", (code, signal) => {
      const reason = reasons.get(worker);
      alive.delete(worker);
      reasons.delete(worker);
      watch.forget(worker);
      failures = performance.now() - startedAt < steadyMs ? failures + 1 : 0;
      if (closing && alive.size === 0) {
        allEnded();
      } else if (!closing) {
        onEnd(reason ?? `it ended with ${signal ?? `status ${code}`}`);
      }
    });
  }

  /** Starts a worker in the place of one that ended. */
  function replace(reason: string): void {
    const pauseMs = Math.min(pauses.first * 2 ** Math.max(0, failures - 1), pauses.longest);
    log.error("a worker ended, another takes its place", { reason, after_ms: pauseMs });
    const timer = setTimeout(() => {
      timers.delete(timer);
      fork(() => log.info("a worker listens again"), replace);
    }, pauseMs);
    timers.add(timer);
  }

  function close(graceMs: number): Promise<void> {
    closing = true;
    // Those that close have their own time.
    watch.stop();
    for (const timer of timers) {
      clearTimeout(timer);
    }
    if (alive.size === 0) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        log.warn("workers that did not end in time are ended", { after_ms: graceMs });
        for (const worker of alive) {
          worker.process.kill("SIGKILL");
        }
      }, graceMs);
      allEnded = () => {
        clearTimeout(late);
        resolve();
      };
      for (const worker of alive) {
        const message: WorkerMessage = { botwire: "close" };
        if (worker.isConnected()) {
          worker.send(message);
        }
      }
    });
  }

  return {
    close,
    async start() {
      const started = Array.from(
        { length: count },
        () =>
          new Promise<ServerAddress>((resolve, reject) => {
            let listens = false;
            fork(
              (address) => {
                listens = true;
                resolve(address);
              },
              (reason) =>
                listens
                  ? replace(reason)
                  : reject(new Error(`a worker could not start: ${reason}`)),
            );
          }),
      );
      try {
        const [address] = await Promise.all(started);
        if (address === undefined) {
          throw new Error("there are no workers");
        }
        return address;
      } catch (error) {
        await close(0);
        throw error;
      }
    },
  };
}
