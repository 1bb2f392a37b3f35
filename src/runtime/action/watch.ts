import type { CallerSignal } from "./call.ts";

/** Who is told when time is up, or the caller is gone. */
export interface Watcher {
  timedOut(): void;
  gone(): void;
}

/** The longest time that timers can wait: 24.8 days. */
const longestTimer = 2_147_483_647;

/**
 * Watches the clock and the caller of one call. Nothing is set up until the
 * call has to wait for something.
 */
export class Watch {
  readonly #watcher: Watcher;
  readonly #signal: CallerSignal | undefined;
  #onAbort: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(watcher: Watcher, signal: CallerSignal | undefined) {
    this.#watcher = watcher;
    this.#signal = signal;
  }

  /** Tells the watcher after that time, instead of the time that was set before. */
  setTimer(milliseconds: number): void {
    clearTimeout(this.#timer);
    // What is further away than timers reach is no limit worth keeping.
    this.#timer =
      milliseconds <= longestTimer
        ? setTimeout(Watch.#expire, Math.max(milliseconds, 0), this)
        : undefined;
  }

  clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Tells the watcher when the caller goes away. */
  listen(): void {
    if (this.#onAbort === undefined && this.#signal !== undefined) {
      // Named first: V8 takes a function that is assigned to a property at once
      // for one that lives long, and keeps it, with all that it refers to,
      // until the next full collection. That doubled the cost of a call.
      const onAbort = () => this.#watcher.gone();
      this.#onAbort = onAbort;
      this.#signal.addEventListener("abort", onAbort);
    }
  }

  /** Watches no longer. */
  stop(): void {
    this.clearTimer();
    if (this.#onAbort !== undefined) {
      this.#signal?.removeEventListener("abort", this.#onAbort);
      this.#onAbort = undefined;
    }
  }

  static #expire(watch: Watch): void {
    watch.#timer = undefined;
    watch.#watcher.timedOut();
  }
}
