import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../action/logger.ts";
import type { Job } from "./job.ts";
import type { JobStore } from "./job-store.ts";

/** How jobs are held. */
export interface HoldOptions {
  readonly store: JobStore;
  /** For how long an owner that says nothing keeps its jobs, in milliseconds. */
  readonly leaseMs: number;
  /** How long a store that failed is left alone, in milliseconds. */
  readonly pollMs: number;
}

/** The jobs that this process is at work on, which nobody else may take meanwhile. */
export class HeldJobs {
  readonly owner: string = crypto.randomUUID();
  readonly #options: HoldOptions;
  readonly #stop: AbortSignal;
  readonly #log: Logger;
  readonly #ids = new Set<string>();
  /** In milliseconds of `performance.now()`, which no one can set back. */
  #renewAt = 0;

  /** @param stop ends all attempts to store something */
  constructor(options: HoldOptions, stop: AbortSignal, log: Logger) {
    this.#options = options;
    this.#stop = stop;
    this.#log = log;
  }

  /** When a job becomes due that is taken now. */
  get until(): number {
    return Date.now() + this.#options.leaseMs;
  }

  /** Work on a job begins. False if it has begun already. */
  take(id: string): boolean {
    const fresh = !this.#ids.has(id);
    this.#ids.add(id);
    return fresh;
  }

  /** Work on a job is over: what the store says of it counts. */
  drop(id: string): void {
    this.#ids.delete(id);
  }

  /** Keeps what is held, if it is time to say so. */
  async renew(): Promise<void> {
    const now = performance.now();
    if (now >= this.#renewAt) {
      await this.#options.store.renew(this.owner, [...this.#ids], this.until);
      this.#renewAt = now + this.#options.leaseMs / 3;
    }
  }

  /** Makes jobs due at once, for whoever comes next. */
  async giveBack(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.drop(id);
    }
    if (ids.length > 0) {
      await this.#options.store.renew(this.owner, ids, 0);
    }
  }

  /** Stores what became of a job. False if another process has taken it over. */
  async update(job: Job, dueAt = this.until): Promise<boolean> {
    const owned = await this.#options.store.update(job, this.owner, dueAt);
    if (!owned) {
      this.#log.warn("another process has taken a job over, so it ends here", { job_id: job.id });
    }
    return owned;
  }

  /** Asks the store until it does what it is asked, as nobody else knows what is known here. */
  async persist<T>(ask: () => T | Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (this.#stop.aborted) {
          throw error;
        }
        this.#log.error("the store of jobs failed, and is asked again", { error });
        await sleep(this.#options.pollMs, undefined, { signal: this.#stop });
      }
    }
  }
}
