/**
 * botwire/rate-limit: a middleware that limits how often callers may call, on
 * the package `rate-limiter-flexible`.
 */
export { type RateLimitOptions, rateLimit } from "./runtime/middleware/rate-limit.ts";
