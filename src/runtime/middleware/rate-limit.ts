import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from "rate-limiter-flexible";
import { beforeAbort } from "../action/before-abort.ts";
import type { MiddlewareContext } from "../action/context.ts";
import { ActionError } from "../action/error.ts";
import type { Middleware } from "../action/middleware.ts";
import { callerKey } from "./caller-key.ts";
import { sha256 } from "./sha256.ts";

/** How many calls are let through. */
export interface RateLimitOptions {
  /** How many calls of one key may begin within a window. */
  readonly limit: number;
  /** How long a window is, in milliseconds: whole seconds, a day at most; a minute by default. */
  readonly windowMs?: number | undefined;
  /**
   * Whose calls are counted together: those of one user of one bot by default.
   * What is undefined is not limited.
   */
  readonly key?: ((context: MiddlewareContext) => string | undefined) | undefined;
  /**
   * A connected client of the package `redis`, which counts for all machines.
   * While it cannot be reached, each process counts for itself, and says so in
   * the log.
   */
  readonly redis?: object | undefined;
  /** Keeps several limits apart, in Redis too; `botwire:rate` by default. */
  readonly prefix?: string | undefined;
}

/**
 * Refuses calls beyond a limit, before anything of them is decoded, with
 * `resource_exhausted` and the time after which the next one may pass.
 */
export function rateLimit(options: RateLimitOptions): Middleware {
  const { limit, windowMs = 60_000, key: keyOf = callerKey, redis } = options;
  const { prefix: keyPrefix = "botwire:rate" } = options;
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new Error(`rateLimit: limit must be an integer of 1 or more, not ${limit}`);
  }
  if (!Number.isSafeInteger(windowMs / 1000) || windowMs < 1000 || windowMs > longestWindowMs) {
    throw new Error(
      `rateLimit: windowMs must be whole seconds such as 60000, a day at most, not ${windowMs}`,
    );
  }
  const shared = { points: limit, duration: windowMs / 1000, keyPrefix };
  const local = new RateLimiterMemory(shared);
  const remote =
    redis &&
    new RateLimiterRedis({
      ...shared,
      storeClient: redis,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
    });

  return async function rateLimit(context, next) {
    // A job was counted when it was asked for.
    const key = context.stage === "job" ? undefined : keyOf(context);
    if (key !== undefined) {
      await consume(await shortKey(key), context);
    }
    return next();
  };

  async function consume(key: string, context: MiddlewareContext): Promise<void> {
    if (remote === undefined) {
      return take(local, key);
    }
    try {
      await beforeAbort(take(remote, key), AbortSignal.timeout(patienceMs));
    } catch (error) {
      if (error instanceof ActionError && error.code === "resource_exhausted") {
        throw error;
      }
      context.log.warn("Redis does not count calls, so this process does", { error });
      await take(local, key);
    }
  }
}

/** Each key is remembered until its window ends, and timers reach 24 days at most. */
const longestWindowMs = 86_400_000;

/** How long Redis may take to count a call, in milliseconds. */
const patienceMs = 250;

/** Longest key that is stored as it is. */
const maxKeyLength = 128;

/** Keys come from callers: a long one must not fill the memory. */
async function shortKey(key: string): Promise<string> {
  return key.length > maxKeyLength ? sha256(key) : key;
}

/** Counts one call. The library rejects with an `Error` if it cannot count. */
async function take(limiter: RateLimiterMemory | RateLimiterRedis, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (reason) {
    throw reason instanceof Error ? reason : exhausted(reason);
  }
}

function exhausted(result: unknown): ActionError {
  const retryAfterMs = isResult(result) ? Math.max(1, result.msBeforeNext) : undefined;
  return new ActionError("resource_exhausted", "too many calls: wait and try again", {
    retryAfterMs,
  });
}

function isResult(value: unknown): value is Pick<RateLimiterRes, "msBeforeNext"> {
  return (
    typeof value === "object" &&
    value !== null &&
    "msBeforeNext" in value &&
    typeof value.msBeforeNext === "number"
  );
}
