// Timers of a process take forty times as long, so that even a slow machine does
// what comes before them in time.

const { setTimeout: start } = globalThis;
const factor = 40;

globalThis.setTimeout = ((act: () => void, ms: number) =>
  start(act, ms * factor)) as typeof setTimeout;

/** Resolves when timers have fired that were to take some milliseconds. */
export function timersOf(ms: number): Promise<void> {
  return new Promise((resolve) => start(resolve, ms * factor + 100));
}
