/** A connection that closes when nothing happens on it for long. */
export interface IdleLane {
  /** The tick in which something happened last; undefined while something happens. */
  readonly idleSince: number | undefined;
  /** Called when nothing has happened for long enough. */
  expire(): void;
}

/**
 * Closes the idle ones of many connections. One timer looks after all of them,
 * because a timer for each would have to be set anew at every step of every
 * request, which takes longer than writing the head of an answer.
 */
export class IdleLanes {
  /** How many ticks have passed. */
  tick = 0;
  readonly #tickMs: number;
  /** More ticks than this are too long. */
  readonly #maxTicks: number;
  readonly #lanes = new Set<IdleLane>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param timeoutMs how long at least nothing may happen; it is an eighth longer, or a second, at most */
  constructor(timeoutMs: number) {
    this.#tickMs = Math.min(1000, Math.ceil(timeoutMs / 8));
    this.#maxTicks = Math.ceil(timeoutMs / this.#tickMs);
  }

  add(lane: IdleLane): void {
    this.#lanes.add(lane);
    this.#timer ??= setInterval(() => this.#look(), this.#tickMs).unref();
  }

  delete(lane: IdleLane): void {
    this.#lanes.delete(lane);
    if (this.#lanes.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #look(): void {
    this.tick++;
    for (const lane of this.#lanes) {
      const { idleSince } = lane;
      if (idleSince !== undefined && this.tick - idleSince > this.#maxTicks) {
        lane.expire();
      }
    }
  }
}
