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
   * How long beyond its budget a call keeps its key of which nobody knows how it
   * ended, as its process died or its time ran out, in milliseconds; 60,000 by default.
   */
  readonly leaseMs?: number | undefined;
}

/** The longest key that is taken. */
const maxKeyLength = 255;

/** Calls without a deadline keep a key for a day and the lease. */
const longestBudgetMs = 86_400_000;

/**
 * Runs a call once, however often it is sent with the same key: repetitions get
 * the stored answer, marked by the header `idempotent-replayed: true`. The same
 * key with another request is refused (`invalid_argument`), and so is a
 * repetition while the first is still running (`aborted`, try again later).
 *
 * Keys belong to an action and its caller. Only successes are stored, receipts
 * and those that came too late for their caller included: after a failure the
 * key is free, except that after `deadline_exceeded` or `canceled` it stays taken
 * for `leaseMs`, as the handler may still be at work. Streams pass through. If
 * the store fails, calls with a key are `unavailable`.
 *
 * See https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/.
 */
export function idempotency(options: IdempotencyOptions = {}): Middleware {
  const { store = memoryReplayStore({ maxKeys: 10_000 }), required = false } = options;
  const { key: keyOf = headerKey, ttlMs = 86_400_000, leaseMs = 60_000 } = options;

  return async function idempotency(context, next) {
    // A job is the same call once more: its submission has the key.
    if (context.action.kind !== "unary" || context.stage === "job") {
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
    const claim = await claimKey(store, context, key, leaseMs + budgetLeftMs(context));
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
  // Hashed, as keys of stores are short and what callers send may be long. Who
  // only says to be a user must not get what that user was answered.
  const name = await sha256(
    JSON.stringify([context.action.name, context.authenticated, callerKey(context), key]),
  );
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
  const keep = (response: ActionResponse) =>
    guarded(() => claim.settle(print + storedResponse(context, response), ttlMs));
  // The caller was told that time ran out, but what was done must not be done again.
  context.onLateResponse(keep);
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
  await keep(response);
  return response;
}

/** A call that may take longer than a key is leased keeps it that much longer. */
function budgetLeftMs({ deadline }: MiddlewareContext): number {
  return Math.min(Math.max(0, deadline - Date.now()), longestBudgetMs);
}

/** Begins the text of a receipt; no JSON begins with it. */
const receiptMark = "@";

function storedResponse({ action }: MiddlewareContext, response: ActionResponse): string {
  switch (response.kind) {
    case "unary":
      return toJsonString(action.output, action.output.init(response.message));
    case "receipt":
      return receiptMark + response.receipt.jobId;
    case "stream":
      throw new TypeError(`${action.name} is unary, but its response is a stream`);
  }
}

function replay(context: MiddlewareContext, { value }: TakenClaim, print: string): ActionResponse {
  if (value === undefined) {
    throw new ActionError("aborted", "the same call is still running", { retryAfterMs: 1000 });
  }
  if (!value.startsWith(print)) {
    throw new ActionError(
      "invalid_argument",
      "the idempotency key was used before, with another request: use a new key",
    );
  }
  const response = readResponse(context, value.slice(print.length));
  context.responseHeaders.set("idempotent-replayed", "true");
  return response;
}

function readResponse({ action, stage }: MiddlewareContext, stored: string): ActionResponse {
  if (!stored.startsWith(receiptMark)) {
    // Fields that a newer release of the service wrote are not this one's business.
    const message = fromJsonString(action.output, stored, { unknownFields: "ignore" });
    return { kind: "unary", message };
  }
  const jobId = stored.slice(receiptMark.length);
  if (stage !== "submission") {
    // Came through another door than the first, one that has no receipts.
    throw new ActionError("aborted", `the same call is the job ${jobId}, which posts its result`);
  }
  return { kind: "receipt", receipt: { jobId } };
}
