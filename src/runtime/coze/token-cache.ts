import { looked } from "../action/promise.ts";
import { toActionError } from "../action/to-action-error.ts";
import { raced } from "./clock.ts";
import type { Endpoint } from "./endpoint.ts";
import type { TokenSource } from "./token-source.ts";

/** A token, and until when it is good. */
export interface AccessToken {
  readonly accessToken: string;
  /** By this machine's clock, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Gets another token.
 *
 * @param refused the token that the platform refused last, which will not do
 * @param signal ends it when it takes too long
 */
export type Renew = (refused: string | undefined, signal: AbortSignal) => Promise<AccessToken>;

/** How long a renewal may take, in milliseconds. */
const renewalTimeoutMs = 15_000;

/**
 * A new token is good for that long whatever clocks say, in milliseconds: it
 * would else be renewed with every call if this machine's clock is far off.
 */
const leastLifeMs = 30_000;

/** The longest that a failed renewal keeps others from trying, in milliseconds. */
const longestPauseMs = 60_000;

/**
 * Keeps a token for as long as it is good. When a fifth of its life is left it
 * is renewed, while calls go on with the old one; if that fails they still do,
 * and after it has ended they fail as the renewal did. However many wait, there
 * is one renewal at a time, and a pause after one that failed: a quarter of a
 * second, doubled each time, at most 5 s.
 */
export function createTokenCache(
  renew: Renew,
  { clock, log }: Pick<Endpoint, "clock" | "log">,
): TokenSource {
  let current: (AccessToken & { readonly renewAt: number }) | undefined;
  let refused: string | undefined;
  let renewal: Promise<string> | undefined;
  let failure:
    | { readonly error: unknown; readonly count: number; readonly until: number }
    | undefined;

  /** What comes may have been refused since it was asked for: once more, then. */
  async function renewed(signal: AbortSignal): Promise<AccessToken> {
    const token = await renew(refused, signal);
    return token.accessToken === refused ? renew(refused, signal) : token;
  }

  async function startRenewal(): Promise<string> {
    try {
      const { accessToken, expiresAt } = await withTimeout(renewed);
      const now = clock.now();
      const life = Math.max(expiresAt - now, leastLifeMs);
      current = { accessToken, expiresAt: now + life, renewAt: now + life * 0.8 };
      failure = undefined;
      return accessToken;
    } catch (reason) {
      const error = toActionError(reason);
      const count = (failure?.count ?? 0) + 1;
      const ownMs = Math.min(250 * 2 ** (count - 1), 5_000);
      const pauseMs = Math.max(ownMs, Math.min(error.retryAfterMs ?? 0, longestPauseMs));
      failure = { error, count, until: clock.now() + pauseMs };
      throw error;
    } finally {
      renewal = undefined;
    }
  }

  /** A renewal that nobody may wait for: its failure would pass unseen. */
  function inBackground(): Promise<string> {
    const started = startRenewal();
    started.catch((error: unknown) =>
      log.warn("the token for the bot platform could not be renewed", { error }),
    );
    return started;
  }

  return {
    async get(signal) {
      const now = clock.now();
      const mayRenew = failure === undefined || now >= failure.until;
      if (current !== undefined && now < current.expiresAt) {
        if (now >= current.renewAt && mayRenew) {
          renewal ??= looked(inBackground());
        }
        return current.accessToken;
      }
      if (renewal === undefined && !mayRenew) {
        throw failure?.error;
      }
      renewal ??= looked(startRenewal());
      return raced(renewal, signal);
    },
    reject(token) {
      if (current?.accessToken === token) {
        current = undefined;
        refused = token;
      }
    },
  };
}

async function withTimeout<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(renewalTimeoutMs);
  return raced(work(signal), signal);
}
