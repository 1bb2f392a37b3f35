/**
 * botwire/middleware: ready middleware for what most servers of actions need.
 * Runs on Node, and everywhere that has the Fetch API.
 */
export type { ProvenIdentity, TokenVerifier } from "./runtime/http/bearer.ts";
export { type AuthGuardOptions, authGuard } from "./runtime/middleware/auth-guard.ts";
export {
  type CallerProfile,
  type CallerProfileOptions,
  callerProfile,
} from "./runtime/middleware/caller-profile.ts";
export { type CompactOptions, compact } from "./runtime/middleware/compact.ts";
export { type IdempotencyOptions, idempotency } from "./runtime/middleware/idempotency.ts";
export { localize } from "./runtime/middleware/localize.ts";
export {
  type Catalog,
  defineMessages,
  type MessageParameters,
  type Messages,
  type MessageText,
} from "./runtime/middleware/messages.ts";
export {
  type MemoryReplayStoreOptions,
  memoryReplayStore,
} from "./runtime/security/memory-replay-store.ts";
export type {
  Claim,
  FreshClaim,
  ReplayStore,
  TakenClaim,
} from "./runtime/security/replay-store.ts";
