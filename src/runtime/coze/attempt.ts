import { ActionError } from "../action/error.ts";
import { toActionError } from "../action/to-action-error.ts";
import { type CallLimits, callLimits } from "../client/call-limits.ts";
import type { JsonRecord } from "../http/json-body.ts";
import { readRetryAfter } from "../http/retry-after.ts";
import { readObject, readText, refusedAnswer, unreadable } from "./answer.ts";
import { type ApiFailure, refusal } from "./api-error.ts";
import { type ApiRequest, operationOf, urlOf } from "./api-request.ts";
import type { Endpoint } from "./endpoint.ts";
import { redact } from "./redact.ts";

/** How long an attempt may take if the request does not say, in milliseconds. */
const defaultTimeoutMs = 30_000;

/** What one attempt is made with. */
export interface AttemptOptions {
  /** Sent as a bearer; none if empty. */
  readonly token: string;
  readonly signal: AbortSignal | undefined;
  /** `application/json`, or `text/event-stream` for a stream. */
  readonly accept: string;
}

/** How an attempt went. */
export type Attempt<T> =
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: ApiFailure };

/** What a caller gets out of a response, or what is wrong with it. */
export type ResponseReader<T> = (response: Response, limits: CallLimits) => Promise<Attempt<T>>;

/**
 * Sends a request once. The time limit and the signal hold until the reader is
 * done; a reader that keeps the response releases the limits itself later.
 */
export async function attempt<T>(
  endpoint: Endpoint,
  request: ApiRequest,
  { token, signal, accept }: AttemptOptions,
  read: ResponseReader<T>,
): Promise<Attempt<T>> {
  const { timeoutMs = defaultTimeoutMs, body } = request;
  const limits = callLimits({ timeoutMs, ...(signal === undefined ? {} : { signal }) });
  const headers = new Headers(request.headers);
  headers.set("accept", accept);
  if (body !== undefined) {
    headers.set("content-type", "application/json");
  }
  if (token !== "") {
    headers.set("authorization", `Bearer ${token}`);
  }
  try {
    const response = await endpoint.fetch(urlOf(endpoint.baseUrl, request), {
      method: request.method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A redirect could take the token to another host.
      redirect: "error",
      signal: limits.signal,
    });
    return await read(response, limits);
  } catch (reason) {
    limits.release();
    return { kind: "failed", failure: brokenOff(request, reason, limits, signal) };
  }
}

/** An answer that is one JSON object. */
export interface JsonAnswer {
  readonly body: JsonRecord;
  readonly headers: Headers;
}

/** Reads an answer that is one JSON object, and takes the platform's refusals for what they are. */
export function readJsonAnswer(
  endpoint: Endpoint,
  request: ApiRequest,
  secrets: readonly string[],
): ResponseReader<JsonAnswer> {
  return async (response, limits) => {
    const body = readObject(await readText(response));
    limits.release();
    const refused = refusedAnswer(response, body);
    if (refused !== undefined) {
      const retryAfterMs = readRetryAfter(response.headers, endpoint.clock.now());
      const failure = refusal(operationOf(request), refused, { retryAfterMs, secrets });
      return { kind: "failed", failure };
    }
    if (body === undefined) {
      throw unreadable(`to ${operationOf(request)} is not a JSON object`);
    }
    return { kind: "answered", value: { body, headers: response.headers } };
  };
}

/** Why there is no answer: the caller gave up, time is up, or the connection broke. */
export function brokenOff(
  request: ApiRequest,
  reason: unknown,
  limits: CallLimits,
  signal: AbortSignal | undefined,
): ApiFailure {
  const final = { retry: false, refusedToken: false, untouched: false };
  if (isAborted(signal)) {
    return { ...final, error: abortError(signal) };
  }
  const operation = operationOf(request);
  if (limits.signal.aborted && limits.signal.reason?.name === "TimeoutError") {
    const cause = new Error(`${operation}: no answer in time`);
    const error = new ActionError("deadline_exceeded", "the bot platform takes too long", {
      cause,
    });
    return { ...final, error, retry: true };
  }
  if (reason instanceof ActionError) {
    return { ...final, error: reason };
  }
  // What fetch says may quote what was sent.
  const cause = new Error(`${operation}: ${redact(describe(reason))}`);
  const error = new ActionError("unavailable", "the bot platform cannot be reached", { cause });
  return { ...final, error, retry: true };
}

/** Whether nobody waits any more. */
export function isAborted(signal: AbortSignal | undefined): signal is AbortSignal {
  return signal?.aborted === true;
}

/** What an aborted signal means: its time is up, or nobody waits any more. */
export function abortError(signal: AbortSignal): ActionError {
  const error = toActionError(signal.reason);
  return error.code === "deadline_exceeded"
    ? error
    : new ActionError("canceled", "the call was canceled", { cause: signal.reason });
}

/** An error and what led to it, in a line: `fetch failed: connect ECONNREFUSED ...`. */
function describe(reason: unknown): string {
  const texts: string[] = [];
  for (let error = reason; error instanceof Error && texts.length < 4; error = error.cause) {
    texts.push(error.message === "" ? error.name : error.message);
  }
  return texts.length === 0 ? "the connection broke" : texts.join(": ");
}
