/** What a server bears from its clients. Times are in milliseconds. */
export interface ServerLimits {
  /** How long the headers of a request, or a TLS handshake, may take. 10,000 by default. */
  readonly headersTimeoutMs: number;
  /** How long a whole request may take to arrive. 30,000 by default. */
  readonly requestTimeoutMs: number;
  /**
   * How long a connection stays open on which nothing happens, nor is an answer
   * read, at least: it may be an eighth longer, but no more than a second.
   * 65,000 by default.
   */
  readonly keepAliveTimeoutMs: number;
  /** The longest that all headers of a request may be together, in bytes. 16,384 by default. */
  readonly maxHeaderBytes: number;
  /** More connections than this are closed as they come. No limit by default. */
  readonly maxConnections?: number | undefined;
}

/** Completes limits by their defaults. Throws if one is not an integer above 0. */
export function completeLimits(given: Partial<ServerLimits> = {}): ServerLimits {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new Error(`limits.${name} must be an integer above 0, not ${value}`);
    }
  }
  const {
    headersTimeoutMs = 10_000,
    requestTimeoutMs = 30_000,
    keepAliveTimeoutMs = 65_000,
    maxHeaderBytes = 16_384,
    maxConnections,
  } = given;
  return { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs, maxHeaderBytes, maxConnections };
}
