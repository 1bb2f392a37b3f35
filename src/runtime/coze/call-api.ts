import type { Code } from "../action/code.ts";
import { ActionError } from "../action/error.ts";
import type { Logger } from "../action/logger.ts";
import { isRecord, type JsonRecord } from "../http/json-body.ts";
import { unreadable } from "./answer.ts";
import type { ApiFailure } from "./api-error.ts";
import { type ApiRequest, operationOf } from "./api-request.ts";
import {
  type Attempt,
  type AttemptOptions,
  abortError,
  attempt,
  isAborted,
  type ResponseReader,
  readJsonAnswer,
} from "./attempt.ts";
import type { Endpoint } from "./endpoint.ts";
import { isToken } from "./redact.ts";
import { reported } from "./report-failure.ts";
import type { TokenSource } from "./token-source.ts";

/** On whose behalf, and until when, the platform is called. */
export interface ApiSession {
  readonly endpoint: Endpoint;
  readonly tokens: TokenSource;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds since 1970; infinite without one. */
  readonly deadline: number;
  /** How often a call is repeated at most. */
  readonly retries: number;
  readonly log: Logger;
}

/** Calls the platform and gives the JSON object that it answers. */
export async function callApi(session: ApiSession, request: ApiRequest): Promise<JsonRecord> {
  const { body } = await withRetries(session, request, "application/json", (token) =>
    readJsonAnswer(session.endpoint, request, [token]),
  );
  return body;
}

/**
 * Calls the platform until it answers: at most `retries` times more for a call
 * that may be repeated, and once more with a new token if it refuses the one
 * that it got. Fails with `ActionError`s only.
 */
export async function withRetries<T>(
  session: ApiSession,
  request: ApiRequest,
  accept: string,
  readerFor: (token: string) => ResponseReader<T>,
): Promise<T> {
  const { endpoint, signal, log } = session;
  let tokenRenewed = false;
  for (let repeated = 0; ; ) {
    const token = await tokenFor(session, request);
    const options: AttemptOptions = { token, signal, accept };
    const result: Attempt<T> = await attempt(endpoint, request, options, readerFor(token));
    if (result.kind === "answered") {
      return result.value;
    }
    const { failure } = result;
    if (failure.refusedToken) {
      session.tokens.reject(token);
      if (tokenRenewed) {
        throw reported(log, request, failure.error);
      }
      tokenRenewed = true;
      continue;
    }
    repeated++;
    const delayMs = retryDelay(session, request, failure, repeated);
    if (delayMs === undefined) {
      throw reported(log, request, failure.error);
    }
    await pause(session, delayMs);
  }
}

/** A token that can be sent. */
async function tokenFor({ tokens, signal, log }: ApiSession, request: ApiRequest): Promise<string> {
  let token: string;
  try {
    signal?.throwIfAborted();
    token = await tokens.get(signal);
  } catch (reason) {
    if (isAborted(signal)) {
      throw abortError(signal);
    }
    throw reported(log, request, isTelling(reason) ? reason : noToken(reason));
  }
  if (!isToken(token)) {
    const cause = new Error("the token is empty, or holds characters that no token has");
    throw reported(log, request, noToken(cause));
  }
  return token;
}

/**
 * Whether a failure to get a token means the same for the call. That the
 * platform takes this server's request for a token for invalid doesn't: the
 * caller asked for nothing of the kind.
 */
function isTelling(reason: unknown): reason is ActionError {
  return reason instanceof ActionError && telling.has(reason.code);
}

const telling = new Set<Code>([
  "unavailable",
  "deadline_exceeded",
  "resource_exhausted",
  "unauthenticated",
]);

function noToken(cause: unknown): ActionError {
  return new ActionError("internal", "this server has no token for the bot platform", { cause });
}

/** How long to wait before the next attempt, in milliseconds; undefined if there is to be none. */
function retryDelay(
  { retries, deadline, endpoint }: ApiSession,
  { safe }: ApiRequest,
  { error, retry, untouched }: ApiFailure,
  repeated: number,
): number | undefined {
  if (!retry || !(safe || untouched) || repeated > retries) {
    return undefined;
  }
  const backoff = Math.min(200 * 2 ** (repeated - 1), 5_000) * (0.5 + Math.random() / 2);
  const delayMs = Math.max(backoff, error.retryAfterMs ?? 0);
  // Who cannot wait that long is better told at once, with the time to come back.
  const left = Math.min(deadline - endpoint.clock.now(), longestWaitMs);
  return delayMs < left ? delayMs : undefined;
}

/** Nobody waits longer than that for another attempt, deadline or not. */
const longestWaitMs = 60_000;

async function pause({ endpoint, signal }: ApiSession, milliseconds: number): Promise<void> {
  try {
    await endpoint.clock.sleep(milliseconds, signal);
  } catch (reason) {
    throw isAborted(signal) ? abortError(signal) : reason;
  }
}

/** The `data` of an answer, which has to be an object. */
export async function callForData(session: ApiSession, request: ApiRequest): Promise<JsonRecord> {
  const { data } = await callApi(session, request);
  if (!isRecord(data)) {
    throw unreadable(`to ${operationOf(request)} has no object in "data"`);
  }
  return data;
}
