/** Knows how long requests wait before a process looks at them. */
export interface LoopDelay {
  start(): void;
  stop(): void;
  /** How long a request that is looked at now has waited, as far as can be told, in milliseconds. */
  delayMs(): number;
}

/** How often the loop is looked after; shorter waits are not noticed. */
const tickMs = 50;

// `performance` would have to be loaded first. Tests that stop the clock must not stop this one.
const { hrtime } = process;

/** Milliseconds since some moment. */
function now(): number {
  const [seconds, nanoseconds] = hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

/**
 * Watches the event loop. In each of its turns a busy process reads all requests
 * that came during the one before, so that each has waited since somewhere in
 * the last turn (half of it, on average) and since the beginning of this one.
 * A timer, which fires once in a turn, tells where turns begin: that costs the
 * requests themselves no more than a look at the clock.
 */
export function watchLoop(): LoopDelay {
  let timer: ReturnType<typeof setInterval> | undefined;
  let turnBegan = 0;
  let lastTurn = 0;
  return {
    start() {
      turnBegan = now();
      timer = setInterval(() => {
        const time = now();
        lastTurn = Math.max(0, time - turnBegan - tickMs);
        turnBegan = time;
      }, tickMs);
      timer.unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
    delayMs: () =>
      timer === undefined ? 0 : Math.max(0, now() - turnBegan - tickMs) + lastTurn / 2,
  };
}
