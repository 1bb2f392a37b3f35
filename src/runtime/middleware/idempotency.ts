import type { ActionResponse } from "../action/call.ts";
import type { MiddlewareContext } from "../action/context.ts";
import { ActionError } from "../action/error.ts";
import type { Middleware, Next } from "../action/middleware.ts";
import { fromJsonString } from "../codec/from-json.ts";
import { toJsonString } from "../codec/to-json.ts";
import { memoryReplayStore } from "../security/memory-replay-store.ts";
import type { FreshClaim, ReplayStore, TakenClaim } from "../security/replay-store.ts";
import { callerKey } from "./caller-key.ts";
import { canonicalJson } from "./canonical-json.ts";
import { sha256 } from "./sha256.ts";

/** How repeated calls are recognised, and for how long. */
export interface IdempotencyOptions {
  /**
   * Where answers are kept: in this process by default, 10,000 of them. Several
   * processes need one store, such as `redisReplayStore`.
   */
  readonly store?: ReplayStore | undefined;
  /** The key of a call; that of the header `idempotency-key` by default. */
  readonly key?: ((context: MiddlewareContext) => string | undefined) | undefined;
  /** Refuse calls without a key. Otherwise they just run. */
  readonly required?: boolean | undefined;
  /** How long an answer is kept, in milliseconds; a day by default. */
  readonly ttlMs?: number | undefined;
  /**
   * How long a key stays taken by a call of which nobody knows how it ended, as
   * its process died or its time ran out, in milliseconds; 60,000 by default.
   */
  readonly leaseMs?: number | undefined;
}

/** The longest key that is taken. */
const maxKeyLength = 255;

/**
 * Runs a call once, however often it is sent with the same key: repetitions get
 * the stored answer, marked by the header `idempotent-replayed: true`. The same
 * key with another request is refused (`invalid_argument`), and so is a
 * repetition while the first is still running (`aborted`, try again later).
 *
 * Keys belong to an action and its caller. Only successes are stored: after a
 * failure the key is free, except that after `deadline_exceeded` or `canceled`
 * it stays taken for `leaseMs`, as the handler may still be at work. Streams
 * pass through. If the store fails, calls with a key are `unavailable`.
 *
 * See https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/.
 */
export function idempotency(options: IdempotencyOptions = {}): Middleware {
  const { store = memoryReplayStore({ maxKeys: 10_000 }), required = false } = options;
  const { key: keyOf = headerKey, ttlMs = 86_400_000, leaseMs = 60_000 } = options;

  return async function idempotency(context, next) {
    if (context.action.kind !== "unary") {
      return next();
    }
    const key = keyOf(context);
    if (key === undefined) {
      if (required) {
        throw new ActionError("invalid_argument", "the idempotency-key header is missing");
      }
      return next();
    }
    if (key === "" || key.length > maxKeyLength) {
      throw new ActionError(
        "invalid_argument",
        `an idempotency key has 1 to ${maxKeyLength} characters, not ${key.length}`,
      );
    }
    // Before the key is taken, so that a malformed request takes none.
    const print = await fingerprint(context);
    const claim = await claimKey(store, context, key, leaseMs);
    return claim.fresh ? run(context, next, claim, print, ttlMs) : replay(context, claim, print);
  };
}

/** As a bare word, or as the string of the draft. */
function headerKey({ headers }: MiddlewareContext): string | undefined {
  const value = headers.get("idempotency-key")?.trim();
  return value !== undefined && /^"[^"\\]*"$/.test(value) ? value.slice(1, -1) : value;
}

async function fingerprint(context: MiddlewareContext): Promise<string> {
  const request = await context.request();
  return sha256(canonicalJson(JSON.parse(toJsonString(context.action.input, request))));
}

async function claimKey(
  store: ReplayStore,
  context: MiddlewareContext,
  key: string,
  leaseMs: number,
): Promise<FreshClaim | TakenClaim> {
  // Hashed, as keys of stores are short and what callers send may be long.
  const name = await sha256(JSON.stringify([context.action.name, callerKey(context), key]));
  try {
    return await store.claim(`idempotency:${name}`, leaseMs);
  } catch (cause) {
    const message = "it cannot be found out now whether the call was made before";
    throw new ActionError("unavailable", message, { cause });
  }
}

async function run(
  context: MiddlewareContext,
  next: Next,
  claim: FreshClaim,
  print: string,
  ttlMs: number,
): Promise<ActionResponse> {
  const guarded = async (action: () => void | Promise<void>) => {
    try {
      await action();
    } catch (error) {
      context.log.error("the store of idempotency keys failed", { error });
    }
  };
  let response: ActionResponse;
  try {
    response = await next();
  } catch (reason) {
    // Aborted: the handler may have done its work, or still be doing it.
    if (!context.signal.aborted) {
      await guarded(() => claim.release());
    }
    throw reason;
  }
  if (response.kind === "unary") {
    const { message } = response;
    const { output } = context.action;
    await guarded(() => claim.settle(print + toJsonString(output, output.init(message)), ttlMs));
  }
  return response;
}

function replay(
  { action, responseHeaders }: MiddlewareContext,
  { value }: TakenClaim,
  print: string,
): ActionResponse {
  if (value === undefined) {
    throw new ActionError("aborted", "the same call is still running", { retryAfterMs: 1000 });
  }
  if (!value.startsWith(print)) {
    throw new ActionError(
      "invalid_argument",
      "the idempotency key was used before, with another request: use a new key",
    );
  }
  // Fields that a newer release of the service wrote are not this one's business.
  const message = fromJsonString(action.output, value.slice(print.length), {
    unknownFields: "ignore",
  });
  responseHeaders.set("idempotent-replayed", "true");
  return { kind: "unary", message };
}
