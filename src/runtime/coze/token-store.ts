/** What an OAuth authorization gave, as it is kept. */
export interface OAuthTokens {
  readonly accessToken: string;
  /** Good for one renewal, which gives the next. Empty if there is none. */
  readonly refreshToken: string;
  /** When the access token ends, by this machine's clock, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Keeps the tokens of one authorization. A refresh token is good once, so what
 * `save` got must be there after a crash: it has to be written when the promise
 * resolves.
 */
export interface TokenStore {
  /** The tokens that were saved last; undefined before anything was. */
  load(): Promise<OAuthTokens | undefined>;
  save(tokens: OAuthTokens): Promise<void>;
}

/** Keeps tokens in this process: after a restart, users have to authorize again. */
export function memoryTokenStore(tokens?: OAuthTokens): TokenStore {
  let kept = tokens;
  return {
    load: async () => kept,
    save: async (saved) => {
      kept = saved;
    },
  };
}
