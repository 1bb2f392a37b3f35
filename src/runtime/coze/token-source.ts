import type { Endpoint } from "./endpoint.ts";

/** Gives tokens for the platform's API. */
export interface TokenSource {
  /**
   * The token to send now. It may be an older one that is still good.
   *
   * @param signal ends the waiting of this caller, not the renewal that others wait for
   */
  get(signal?: AbortSignal): Promise<string>;

  /** Tells that the platform refused a token: it is not given out again. */
  reject(token: string): void;
}

/**
 * How a server proves to the platform who it is. What is opaque here is made by
 * `personalToken`, `jwtCredentials` or `oauthCredentials`; one's own is a
 * function that makes a source of tokens for a platform.
 *
 * Tokens are kept for as long as the same credentials are used, so make them
 * once and not for every call.
 */
export type CozeCredentials = (endpoint: Endpoint) => TokenSource;
