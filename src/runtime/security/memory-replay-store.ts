import type { Claim, ReplayStore } from "./replay-store.ts";

/** What a store in memory can be told. */
export interface MemoryReplayStoreOptions {
  /**
   * How many keys are kept at most, 100,000 by default, of some 150 bytes each.
   * Beyond it the oldest are forgotten before their time, so it should be more
   * than come within the time for which keys are kept.
   */
  readonly maxKeys?: number | undefined;
}

interface Entry {
  /** In milliseconds of `performance.now()`, which no one can set back. */
  expiresAt: number;
  value: string | undefined;
}

/** Remembers keys in this process. Every operation takes constant time on average. */
export function memoryReplayStore({
  maxKeys = 100_000,
}: MemoryReplayStoreOptions = {}): ReplayStore {
  if (!Number.isInteger(maxKeys) || maxKeys < 1) {
    throw new Error(`memoryReplayStore: maxKeys must be an integer of 1 or more, not ${maxKeys}`);
  }
  return new MemoryReplayStore(maxKeys);
}

class MemoryReplayStore implements ReplayStore {
  readonly #maxKeys: number;
  /** In the order of their insertion, and so mostly in that of their end. */
  readonly #entries = new Map<string, Entry>();
  /**
   * Goes over the entries, oldest first, once: it sees those that come while it
   * goes. A new iterator for each look at the oldest would have to step over the
   * places of all that were deleted, which takes quadratic time in all.
   */
  #walk = this.#entries.entries();
  /** Where the walk stands. */
  #oldest: readonly [string, Entry] | undefined;

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
  }

  claim(key: string, ttlMs: number): Claim {
    const now = performance.now();
    const taken = this.#entries.get(key);
    if (taken !== undefined && taken.expiresAt > now) {
      return { fresh: false, value: taken.value };
    }
    const entry: Entry = { expiresAt: now + ttlMs, value: undefined };
    this.#insert(key, entry);
    this.#forget(now);
    return {
      fresh: true,
      settle: (value, settledTtlMs) => {
        if (this.#entries.get(key) === entry) {
          entry.value = value;
          entry.expiresAt = performance.now() + settledTtlMs;
        }
      },
      release: () => {
        if (this.#entries.get(key) === entry) {
          this.#entries.delete(key);
        }
      },
    };
  }

  #insert(key: string, entry: Entry): void {
    // A key that is set again would keep its old place.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  /** Forgets up to two that are over, and the oldest if there are too many. */
  #forget(now: number): void {
    for (let steps = 0; steps < 2; steps++) {
      const oldest = this.#findOldest();
      const full = this.#entries.size > this.#maxKeys;
      if (oldest === undefined || !(full || oldest[1].expiresAt <= now)) {
        return;
      }
      this.#entries.delete(oldest[0]);
      this.#oldest = undefined;
    }
  }

  #findOldest(): readonly [string, Entry] | undefined {
    // What was released or replaced is passed over, each place once.
    while (this.#oldest === undefined || this.#entries.get(this.#oldest[0]) !== this.#oldest[1]) {
      const next = this.#walk.next();
      if (next.done === true) {
        // An iterator that has come to its end stays there.
        this.#walk = this.#entries.entries();
        this.#oldest = undefined;
        return undefined;
      }
      this.#oldest = next.value;
    }
    return this.#oldest;
  }
}
