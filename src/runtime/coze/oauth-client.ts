import { createHash, randomBytes } from "node:crypto";
import { pathOf } from "./api-request.ts";
import {
  type DeviceAuthorization,
  type DeviceWait,
  startDevice,
  waitForDevice,
} from "./device-flow.ts";
import { type EndpointOptions, openEndpoint } from "./endpoint.ts";
import { answerOf, askOAuth, readTokens, tokenPath } from "./token-endpoint.ts";
import type { OAuthTokens } from "./token-store.ts";

/** An OAuth app. */
export interface OAuthClientOptions extends EndpointOptions {
  readonly clientId: string;
  /** Of a web app. Without it the app is a public client, which uses PKCE. */
  readonly clientSecret?: string | undefined;
}

/** What a server needs to let users authorize it. */
export interface OAuthClient {
  /**
   * Where to send a user's browser. Keep `state` and `codeVerifier` in the
   * user's session; take the code only if the `state` that comes with it is that one.
   */
  authorizationUrl(options: AuthorizationOptions): Authorization;

  /** Gives the tokens for the code that the user came back with. Save them in a `TokenStore`. */
  exchangeCode(options: CodeOptions): Promise<OAuthTokens>;

  /** Starts an authorization of a device without a browser. */
  startDevice(options?: {
    workspaceId?: string;
    signal?: AbortSignal;
  }): Promise<DeviceAuthorization>;

  /**
   * Waits until the user has authorized the device, asking as often as the
   * platform wants it. It ends: with tokens, with `permission_denied` if the user
   * refuses, with `deadline_exceeded` when the code has run out.
   */
  waitForDevice(device: DeviceAuthorization, options?: DeviceWait): Promise<OAuthTokens>;
}

/** What an authorization is for. */
export interface AuthorizationOptions {
  /** Where users come back to; one of those that the app has registered. */
  readonly redirectUrl: string;
  /** A random one if left out. */
  readonly state?: string | undefined;
  /** Asks for one workspace instead of all that the user has. */
  readonly workspaceId?: string | undefined;
}

/** An authorization that has begun. */
export interface Authorization {
  readonly url: string;
  readonly state: string;
  /** Proves later that the code was given for this authorization; a web app has none. */
  readonly codeVerifier: string | undefined;
}

/** What a user came back with, and what the authorization began with. */
export interface CodeOptions {
  readonly code: string;
  readonly redirectUrl: string;
  readonly codeVerifier?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Makes the flows of an OAuth app: web (with its secret), PKCE (without), and device. */
export function createOAuthClient(options: OAuthClientOptions): OAuthClient {
  const { clientId, clientSecret } = options;
  const endpoint = openEndpoint("createOAuthClient: baseUrl", options);
  if (clientId === "" || clientSecret === "") {
    throw new TypeError("createOAuthClient: clientId or clientSecret is empty");
  }
  return {
    authorizationUrl({ redirectUrl, state = randomBytes(16).toString("hex"), workspaceId }) {
      const path =
        workspaceId === undefined
          ? "/api/permission/oauth2/authorize"
          : pathOf`/api/permission/oauth2/workspace_id/${workspaceId}/authorize`;
      const url = new URL(path, authorizationHost(endpoint.baseUrl));
      const codeVerifier = clientSecret === undefined ? createVerifier() : undefined;
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: redirectUrl,
        state,
        ...(codeVerifier === undefined
          ? {}
          : { code_challenge: challengeOf(codeVerifier), code_challenge_method: "S256" }),
      }).toString();
      return { url: url.href, state, codeVerifier };
    },

    async exchangeCode({ code, redirectUrl, codeVerifier, signal }) {
      if ((codeVerifier === undefined) !== (clientSecret !== undefined)) {
        throw new TypeError(
          clientSecret === undefined
            ? "exchangeCode: a client without a secret needs the codeVerifier of authorizationUrl()"
            : "exchangeCode: a client with a secret has no codeVerifier",
        );
      }
      const body = {
        grant_type: "authorization_code",
        client_id: clientId,
        redirect_uri: redirectUrl,
        code,
        code_verifier: codeVerifier,
      };
      const secrets = codeVerifier === undefined ? [code] : [code, codeVerifier];
      const asked = { path: tokenPath, body, bearer: clientSecret, signal, secrets };
      return readTokens(endpoint, answerOf(await askOAuth(endpoint, asked)));
    },

    startDevice: (started) => startDevice(endpoint, clientId, started),
    waitForDevice: (device, wait) => waitForDevice(endpoint, clientId, device, wait),
  };
}

/** Users authorize at `www`, where programs call `api`. */
function authorizationHost(baseUrl: string): string {
  return baseUrl.replace(/^(https?:\/\/)api\./, "$1www.");
}

/** 43 characters, as RFC 7636 section 4.1 has it. */
function createVerifier(): string {
  return randomBytes(32).toString("base64url");
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}
