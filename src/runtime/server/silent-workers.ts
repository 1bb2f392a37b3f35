import type { Logger } from "../action/logger.ts";

/** Ends workers that say nothing for long: something in them blocks, and they answer nobody. */
export interface SilentWorkers<W> {
  /** A worker has said something; the first time, it is watched from then on. */
  heard(worker: W): void;
  /** A worker has ended. */
  forget(worker: W): void;
  stop(): void;
}

/** How often workers say something, and are looked after, in a time in which they must. */
const beats = 4;

/** How often a worker has to say something, in milliseconds. */
export function beatMs(silenceMs: number): number {
  return Math.ceil(silenceMs / beats);
}

/**
 * Watches workers.
 *
 * @param silenceMs how long a worker may say nothing
 * @param end ends a worker; it is told why
 */
export function watchWorkers<W extends { readonly process: { readonly pid?: number | undefined } }>(
  silenceMs: number,
  end: (worker: W, reason: string) => void,
  log: Logger,
): SilentWorkers<W> {
  const heardAt = new Map<W, number>();
  let lookedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const late = now - lookedAt > silenceMs / 2;
    lookedAt = now;
    for (const [worker, time] of heardAt) {
      if (late) {
        // It was this process, or the machine, that stood still.
        heardAt.set(worker, now);
      } else if (now - time > silenceMs) {
        heardAt.delete(worker);
        log.error("a worker is blocked, so it is ended", {
          pid: worker.process.pid,
          after_ms: silenceMs,
        });
        end(worker, `it was blocked for ${silenceMs} ms`);
      }
    }
  }, beatMs(silenceMs));
  timer.unref();
  return {
    heard: (worker) => void heardAt.set(worker, performance.now()),
    forget: (worker) => void heardAt.delete(worker),
    stop: () => clearInterval(timer),
  };
}
