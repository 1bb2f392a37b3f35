import type { Endpoint } from "./endpoint.ts";
import { createTokenCache } from "./token-cache.ts";
import { askOAuth, isGrantOver, notAuthorized, readTokens, tokenPath } from "./token-endpoint.ts";
import type { CozeCredentials } from "./token-source.ts";
import type { OAuthTokens, TokenStore } from "./token-store.ts";

/** Whose authorization is used, and by which app. */
export interface OAuthOptions {
  readonly clientId: string;
  /** Of a web app; PKCE and devices have none. */
  readonly clientSecret?: string | undefined;
  /** Where the tokens are; what an `OAuthClient` gave is saved there first. */
  readonly store: TokenStore;
}

/**
 * Credentials that a user gave (web, PKCE or device flow). Each renewal gives a
 * new refresh token and makes the old one void, so it is stored before anyone
 * uses what came with it. If storing fails, the new tokens are kept until it
 * succeeds.
 *
 * Fails as `unauthenticated` when nobody has authorized the app, or no longer.
 */
export function oauthCredentials({ clientId, clientSecret, store }: OAuthOptions): CozeCredentials {
  return (endpoint) => {
    /** Tokens that the platform gave, and the store did not take yet. */
    let unsaved: OAuthTokens | undefined;

    async function saved(tokens: OAuthTokens): Promise<OAuthTokens> {
      unsaved = tokens;
      await store.save(tokens);
      unsaved = undefined;
      return tokens;
    }

    return createTokenCache(async (refused, signal) => {
      const kept = unsaved === undefined ? await store.load() : await saved(unsaved);
      if (kept === undefined) {
        throw notAuthorized("nobody has authorized this server at the bot platform");
      }
      // Another process may have renewed them, or this one before it was restarted.
      if (isGood(endpoint, kept, refused)) {
        return kept;
      }
      const outcome = await refresh(endpoint, { clientId, clientSecret }, kept, signal);
      if (outcome.kind === "answered") {
        const { refreshToken, ...tokens } = readTokens(endpoint, outcome.value);
        return saved({ ...tokens, refreshToken: refreshToken || kept.refreshToken });
      }
      if (!isGrantOver(outcome.failure)) {
        throw outcome.failure.error;
      }
      // Was it used up by another process, which has stored what it got for it?
      const other = await store.load();
      if (other !== undefined && isGood(endpoint, other, kept.accessToken)) {
        return other;
      }
      throw notAuthorized(
        "the authorization at the bot platform has ended: authorize again",
        outcome.failure.error,
      );
    }, endpoint);
  };
}

/** Tokens are not worth taking over if they end in less than that, in milliseconds. */
const leastLifeMs = 60_000;

function isGood({ clock }: Endpoint, tokens: OAuthTokens, refused: string | undefined): boolean {
  return tokens.accessToken !== refused && tokens.expiresAt - clock.now() > leastLifeMs;
}

function refresh(
  endpoint: Endpoint,
  client: Pick<OAuthOptions, "clientId" | "clientSecret">,
  { refreshToken }: OAuthTokens,
  signal: AbortSignal,
) {
  return askOAuth(endpoint, {
    path: tokenPath,
    body: {
      grant_type: "refresh_token",
      client_id: client.clientId,
      refresh_token: refreshToken,
    },
    bearer: client.clientSecret,
    signal,
    secrets: [refreshToken],
  });
}
