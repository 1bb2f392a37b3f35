/**
 * botwire/resilience: breakers and bulkheads, so that an action whose dependency
 * fails doesn't take others down. Needs `cockatiel`. Runs on Node, Deno, Bun and
 * edge workers.
 */
export type { ActionState, BreakerState } from "./runtime/resilience/action-guard.ts";
export type { BreakerOptions, BulkheadOptions } from "./runtime/resilience/options.ts";
export {
  type BreakerChange,
  type Resilience,
  type ResilienceOptions,
  resilience,
} from "./runtime/resilience/resilience.ts";
