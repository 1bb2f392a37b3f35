import { ActionError } from "../action/error.ts";
import { unreadable } from "./answer.ts";
import { type ApiFailure, cozeErrorOf } from "./api-error.ts";
import type { ApiRequest } from "./api-request.ts";
import { type Attempt, attempt, type JsonAnswer, readJsonAnswer } from "./attempt.ts";
import type { Endpoint } from "./endpoint.ts";
import type { OAuthTokens } from "./token-store.ts";

/** Where tokens come from. */
export const tokenPath = "/api/permission/oauth2/token";

/** What is asked of an OAuth endpoint. */
export interface OAuthRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** A client's secret or a signed assertion. */
  readonly bearer?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What must not show up in errors, beside the bearer. */
  readonly secrets?: readonly string[] | undefined;
}

/** Sends a request to an OAuth endpoint, once. */
export function askOAuth(endpoint: Endpoint, asked: OAuthRequest): Promise<Attempt<JsonAnswer>> {
  const { path, body, bearer = "", signal, secrets = [] } = asked;
  const request: ApiRequest = { method: "POST", path, body, safe: false, timeoutMs: 10_000 };
  const options = { token: bearer, signal, accept: "application/json" };
  return attempt(
    endpoint,
    request,
    options,
    readJsonAnswer(endpoint, request, [bearer, ...secrets]),
  );
}

/** The tokens in an answer. */
export function readTokens(endpoint: Endpoint, { body, headers }: JsonAnswer): OAuthTokens {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiry } = body;
  if (typeof accessToken !== "string" || accessToken === "" || typeof expiry !== "number") {
    throw unreadable("from the token endpoint has no access_token with an expires_in");
  }
  return {
    accessToken,
    refreshToken: typeof refreshToken === "string" ? refreshToken : "",
    expiresAt: expiresAt(expiry, endpoint.clock.now(), Date.parse(headers.get("date") ?? "")),
  };
}

/**
 * When a token ends, by this machine's clock. On this platform `expires_in` is
 * a time, in seconds since 1970 by the platform's clock; less than that could
 * only be a span, as RFC 6749 has it.
 */
function expiresAt(expiry: number, now: number, serverTime: number): number {
  if (expiry < 1_000_000_000) {
    return now + expiry * 1000;
  }
  // The answer's own date says how far the two clocks are apart.
  return expiry * 1000 + (Number.isNaN(serverTime) ? 0 : now - serverTime);
}

/** What was answered, or the failure thrown. */
export function answerOf(outcome: Attempt<JsonAnswer>): JsonAnswer {
  if (outcome.kind === "failed") {
    throw outcome.failure.error;
  }
  return outcome.value;
}

/**
 * Whether the platform will not take a refresh token again, and it is not the
 * app or the platform that has a problem.
 */
export function isGrantOver({ error, retry }: ApiFailure): boolean {
  const code = cozeErrorOf(error)?.code;
  return code === "invalid_grant" || (code !== undefined && !retry && !clientErrors.has(code));
}

const clientErrors = new Set<number | string>(["invalid_client", "unauthorized_client"]);

/** The error of an authorization that does not exist, or no longer. */
export function notAuthorized(message: string, cause?: unknown): ActionError {
  return new ActionError("unauthenticated", message, { cause });
}
