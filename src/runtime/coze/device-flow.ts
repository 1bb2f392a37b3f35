import { ActionError } from "../action/error.ts";
import { unreadable } from "./answer.ts";
import { cozeErrorOf } from "./api-error.ts";
import { pathOf } from "./api-request.ts";
import { abortError, isAborted } from "./attempt.ts";
import type { Endpoint } from "./endpoint.ts";
import { answerOf, askOAuth, readTokens, tokenPath } from "./token-endpoint.ts";
import type { OAuthTokens } from "./token-store.ts";

/** An authorization that a user has to confirm elsewhere. */
export interface DeviceAuthorization {
  /** The device's secret. */
  readonly deviceCode: string;
  /** What the user has to enter there. */
  readonly userCode: string;
  readonly verificationUrl: string;
  /** When the codes run out, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** How long to wait between two questions, in milliseconds. */
  readonly intervalMs: number;
}

/** How to wait for a user. */
export interface DeviceWait {
  readonly signal?: AbortSignal | undefined;
}

/** Starts the flow: https://datatracker.ietf.org/doc/html/rfc8628#section-3.1. */
export async function startDevice(
  endpoint: Endpoint,
  clientId: string,
  { workspaceId, signal }: { workspaceId?: string; signal?: AbortSignal } = {},
): Promise<DeviceAuthorization> {
  const path =
    workspaceId === undefined
      ? "/api/permission/oauth2/device/code"
      : pathOf`/api/permission/oauth2/workspace_id/${workspaceId}/device/code`;
  const asked = { path, body: { client_id: clientId }, signal };
  const { body } = answerOf(await askOAuth(endpoint, asked));
  const { device_code: deviceCode, user_code: userCode, verification_uri: url } = body;
  if (typeof deviceCode !== "string" || userCode === undefined || typeof url !== "string") {
    throw unreadable("from the device endpoint has no codes");
  }
  // Unlike that of a token this is a span, in seconds.
  const lifeSeconds = positive(body["expires_in"], 300);
  return {
    deviceCode,
    userCode: String(userCode),
    verificationUrl: url,
    expiresAt: endpoint.clock.now() + lifeSeconds * 1000,
    intervalMs: positive(body["interval"], 5) * 1000,
  };
}

/** Asks until there is an answer: https://datatracker.ietf.org/doc/html/rfc8628#section-3.4. */
export async function waitForDevice(
  endpoint: Endpoint,
  clientId: string,
  { deviceCode, expiresAt, intervalMs }: DeviceAuthorization,
  { signal }: DeviceWait = {},
): Promise<OAuthTokens> {
  const { clock } = endpoint;
  const body = {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    client_id: clientId,
    device_code: deviceCode,
  };
  for (let waitMs = intervalMs; ; ) {
    if (clock.now() + waitMs >= expiresAt) {
      throw expired();
    }
    await clock.sleep(waitMs, signal).catch((reason: unknown) => {
      throw isAborted(signal) ? abortError(signal) : reason;
    });
    const asked = { path: tokenPath, body, signal, secrets: [deviceCode] };
    const outcome = await askOAuth(endpoint, asked);
    if (outcome.kind === "answered") {
      return readTokens(endpoint, outcome.value);
    }
    const { error, retry } = outcome.failure;
    switch (cozeErrorOf(error)?.code) {
      case "authorization_pending":
        continue;
      case "slow_down":
        waitMs += 5_000;
        continue;
      case "access_denied":
        throw new ActionError("permission_denied", "the user did not authorize the device", {
          cause: error,
        });
      case "expired_token":
        throw expired(error);
    }
    if (!retry || isAborted(signal)) {
      throw error;
    }
    // Nobody knows what is wrong there: asking less often helps.
    waitMs = Math.min(waitMs * 2, 60_000);
  }
}

function expired(cause?: unknown): ActionError {
  return new ActionError("deadline_exceeded", "the device's code has run out: start again", {
    cause,
  });
}

function positive(value: unknown, otherwise: number): number {
  return typeof value === "number" && value > 0 ? value : otherwise;
}
