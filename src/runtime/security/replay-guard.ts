import { ActionError } from "../action/error.ts";
import type { Logger } from "../action/logger.ts";
import { isPromiseLike } from "../action/promise.ts";
import { Refusal } from "../http/refusal.ts";
import { memoryReplayStore } from "./memory-replay-store.ts";
import type { Claim, FreshClaim, ReplayStore } from "./replay-store.ts";

/** How a door remembers what it has seen. */
export interface ReplayOptions {
  /** Where; in this process if left out. */
  readonly store?: ReplayStore | undefined;
  /** For how long, in seconds. */
  readonly ttlSeconds?: number | undefined;
  /**
   * What happens while the store cannot be reached: calls are refused with 503,
   * which is the default, or accepted without having been looked up.
   */
  readonly whenDown?: "refuse" | "accept" | undefined;
  /** How long the store may take for an answer, in milliseconds. 500 by default. */
  readonly timeoutMs?: number | undefined;
}

/** Claims keys in a store that may be down. */
export interface ReplayGuard {
  /**
   * Claims a key. Rejects with `unavailable` if the store cannot be reached,
   * unless calls are accepted then.
   *
   * @param kind what the key is, for example `event_id`
   * @param owner whose key it is, where keys of several must not meet
   */
  claim(kind: string, key: string, ttlMs: number, owner?: string): Promise<Claim>;
}

/** What is remembered longer would be a tool to fill the store. */
const maxKeyLength = 200;

/**
 * Throws if several processes were each to remember for themselves: what one
 * has seen could be replayed to another.
 *
 * @param option how the door calls these options
 */
export function requireSharedStore(
  door: string,
  option: string,
  { store }: ReplayOptions,
  workers = 1,
): void {
  if (workers > 1 && store === undefined) {
    throw new Error(
      `${door}: each of the ${workers} workers would remember for itself what it saw, so that another would take it again: set ${option}: { store: redisReplayStore(...) }`,
    );
  }
}

/**
 * Makes a door's guard.
 *
 * @param scope keeps the keys of doors apart that share a store
 */
export function replayGuard(scope: string, options: ReplayOptions, log: Logger): ReplayGuard {
  const { store = memoryReplayStore(), whenDown = "refuse", timeoutMs = 500 } = options;

  function down(error: unknown): Claim {
    log.error("the replay store cannot be reached", { error, calls_are: whenDown });
    if (whenDown === "accept") {
      return blindClaim;
    }
    throw new ActionError("unavailable", "the server cannot tell whether it saw this call before", {
      cause: error,
    });
  }

  return {
    async claim(kind, key, ttlMs, owner = "") {
      if (key.length > maxKeyLength) {
        throw new Refusal(400, `${kind} is longer than ${maxKeyLength} characters`);
      }
      let claim: Claim;
      try {
        const pending = store.claim(`${scope}:${owner}${kind}:${key}`, ttlMs);
        claim = isPromiseLike(pending) ? await claimWithin(timeoutMs, pending) : pending;
      } catch (error) {
        return down(error);
      }
      return claim.fresh ? quiet(claim, timeoutMs, log) : claim;
    },
  };
}

/** The claim of a key that nobody has looked up. */
const blindClaim: FreshClaim = { fresh: true, settle() {}, release() {} };

/** A claim whose end is logged if it fails, as no call can be failed for it any more. */
function quiet(claim: FreshClaim, timeoutMs: number, log: Logger): FreshClaim {
  const attempt = async (act: () => void | Promise<void>) => {
    try {
      const pending = act();
      await (isPromiseLike(pending) ? within(timeoutMs, pending) : pending);
    } catch (error) {
      log.error("the replay store could not be told how a call ended", { error });
    }
  };
  return {
    fresh: true,
    settle: (value, ttlMs) => attempt(() => claim.settle(value, ttlMs)),
    release: () => attempt(() => claim.release()),
  };
}

/** What is claimed too late belongs to a call that was refused, and may come again. */
function claimWithin(milliseconds: number, pending: Promise<Claim>): Promise<Claim> {
  return within(milliseconds, pending).catch((error: unknown) => {
    pending.then((claim) => (claim.fresh ? claim.release() : undefined)).catch(() => {});
    throw error;
  });
}

/** Clients of databases wait for a connection as long as it takes, and queue meanwhile. */
async function within<T>(milliseconds: number, pending: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}
