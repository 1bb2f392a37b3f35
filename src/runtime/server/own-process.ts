import type { Logger } from "../action/logger.ts";

/**
 * Takes care of the process that a server runs in, until the returned function
 * is called:
 *
 * - SIGTERM and SIGINT close the server. A second one ends the process at once,
 *   and so does `graceMs` if something else keeps the process alive afterwards.
 * - A rejection that nobody handles, which is always the fault of one call, is
 *   logged instead of ending all others with the process.
 */
export function ownProcess(close: () => Promise<void>, graceMs: number, log: Logger): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    log.info("shutting down", { signal });
    forgetSignals();
    // Does not keep the process alive itself, so it fires only if something else does.
    setTimeout(() => {
      log.error("something keeps the process alive after the shutdown, ending it", { signal });
      process.exit(1);
    }, graceMs).unref();
    close().catch((error: unknown) => log.error("the shutdown failed", { error }));
  };
  const forgetSignals = () => {
    for (const signal of signals) {
      process.off(signal, onSignal);
    }
  };
  const onRejection = (error: unknown) => {
    log.error("a promise was rejected and nobody handled it", { error });
  };
  for (const signal of signals) {
    process.on(signal, onSignal);
  }
  process.on("unhandledRejection", onRejection);
  return () => {
    forgetSignals();
    process.off("unhandledRejection", onRejection);
  };
}

const signals = ["SIGTERM", "SIGINT"] as const;
