import { createPrivateKey, type KeyObject, randomUUID, sign } from "node:crypto";
import { pathOf } from "./api-request.ts";
import { createTokenCache } from "./token-cache.ts";
import { answerOf, askOAuth, readTokens, tokenPath } from "./token-endpoint.ts";
import type { CozeCredentials } from "./token-source.ts";

/** A service that proves with a key of its own who it is. */
export interface JwtOptions {
  /** The id of the OAuth app of the kind "service". */
  readonly appId: string | undefined;
  /** The fingerprint of the public key, which the app's page shows. */
  readonly keyId: string | undefined;
  /**
   * The private key (RSA), as PEM text. `\n` in it, as environment variables
   * often have it, stands for a line break.
   */
  readonly privateKey: string | undefined;
  /** How long tokens are to be good, in seconds: 900 if left out, 86,399 at most. */
  readonly durationSeconds?: number | undefined;
  /** Keeps what belongs to one of this service's users apart from that of others. */
  readonly sessionName?: string | undefined;
  /** The organization in which tokens are to be good. */
  readonly accountId?: string | undefined;
  /** What tokens are to be good for, as the platform documents it; all that the app may if left out. */
  readonly scope?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Credentials of a service (OAuth's JWT bearer grant). There is nothing to
 * store: a new token costs nothing but a signature.
 */
export function jwtCredentials(options: JwtOptions): CozeCredentials {
  const { durationSeconds = 900, accountId, scope } = options;
  const issuer = required("appId", options.appId);
  const keyId = required("keyId", options.keyId);
  const key = readKey(required("privateKey", options.privateKey));
  if (!(Number.isInteger(durationSeconds) && durationSeconds > 0 && durationSeconds <= 86_399)) {
    throw new RangeError("jwtCredentials: durationSeconds has to be a whole number up to 86399");
  }
  return (endpoint) => {
    const audience = new URL(endpoint.baseUrl).host;
    const path =
      accountId === undefined
        ? tokenPath
        : pathOf`/api/permission/oauth2/account/${accountId}/token`;
    return createTokenCache(async (_refused, signal) => {
      const now = Math.floor(endpoint.clock.now() / 1000);
      const claims = {
        iss: issuer,
        aud: audience,
        // Not younger than the platform's clock, should it run behind this one.
        iat: now - 60,
        exp: now + 600,
        jti: randomUUID(),
        session_name: options.sessionName,
      };
      const body = {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        duration_seconds: durationSeconds,
        scope,
      };
      const bearer = signJwt({ alg: "RS256", typ: "JWT", kid: keyId }, claims, key);
      return readTokens(
        endpoint,
        answerOf(await askOAuth(endpoint, { path, body, bearer, signal })),
      );
    }, endpoint);
  };
}

function required(option: string, value: string | undefined): string {
  if (value === undefined || value === "") {
    throw new TypeError(`jwtCredentials: ${option} is not set`);
  }
  return value;
}

function readKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem.replaceAll("\\n", "\n"));
    if (key.asymmetricKeyType === "rsa") {
      return key;
    }
  } catch {
    // Falls through: what was wrong with a key is said without the key.
  }
  throw new TypeError("jwtCredentials: privateKey is not an RSA private key in PEM");
}

/** A JSON Web Token, signed with RS256 (RFC 7515, RFC 7518 section 3.3). */
function signJwt(header: object, claims: object, key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${part(header)}.${part(claims)}`;
  return `${content}.${sign("RSA-SHA256", Buffer.from(content), key).toString("base64url")}`;
}
