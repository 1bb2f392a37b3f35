/**
 * Remembers what was seen, for as long as it could be replayed: in one process,
 * or for all machines of a service.
 */
export interface ReplayStore {
  /**
   * Claims a key for a time, unless someone has claimed it before. Of several
   * that claim a key at once exactly one gets it.
   *
   * @param key a text of at most 700 characters
   * @param ttlMs how long the claim holds, in milliseconds
   */
  claim(key: string, ttlMs: number): Claim | Promise<Claim>;
}

/** What became of an attempt to claim a key. */
export type Claim = FreshClaim | TakenClaim;

/** The key was free and now belongs to the caller. */
export interface FreshClaim {
  readonly fresh: true;

  /**
   * Leaves a value for those who claim the key later, and holds the claim for
   * that time from now on. Does nothing if the claim has run out.
   */
  settle(value: string, ttlMs: number): void | Promise<void>;

  /** Gives the key up, so that it can be claimed again. */
  release(): void | Promise<void>;
}

/** The key belongs to someone else. */
export interface TakenClaim {
  readonly fresh: false;
  /** What was left with it; undefined as long as nothing was. */
  readonly value: string | undefined;
}
