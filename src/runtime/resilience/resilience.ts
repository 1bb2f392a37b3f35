import type { Logger } from "../action/logger.ts";
import type { Middleware } from "../action/middleware.ts";
import { ActionGuard, type ActionState, type BreakerState } from "./action-guard.ts";
import {
  type BreakerOptions,
  type BulkheadOptions,
  completeBreaker,
  completeBulkhead,
} from "./options.ts";

/** How actions are kept apart from each other. Each has a breaker and a bulkhead of its own. */
export interface ResilienceOptions {
  /** When the calls of an action are refused because it keeps failing; false for never. */
  readonly breaker?: BreakerOptions | false | undefined;
  /** How many calls of an action there may be at once. No limit by default. */
  readonly bulkhead?: BulkheadOptions | undefined;
}

/** Breakers and bulkheads. */
export interface Resilience {
  /** For the list of middleware; outside of what reads requests. */
  readonly middleware: Middleware;
  /** How the actions fare that were called so far. */
  snapshot(): readonly ActionState[];
  /** Tells of every change of a breaker, until the function that it returns is called. */
  onStateChange(listener: (change: BreakerChange) => void): () => void;
}

/** A breaker has opened, closed, or lets a call try. */
export interface BreakerChange {
  readonly action: string;
  readonly from: BreakerState;
  readonly to: BreakerState;
}

/**
 * Keeps an action whose dependency fails, or hangs, from taking others down: its
 * calls are refused at once with `unavailable` until one that is let through
 * succeeds, and with `resource_exhausted` while there are too many of them.
 *
 * Throws an error that names the mend if an option contradicts another.
 */
export function resilience(options: ResilienceOptions = {}): Resilience {
  const breaking = options.breaker === false ? undefined : completeBreaker(options.breaker ?? {});
  const bulkheading = options.bulkhead && completeBulkhead(options.bulkhead);
  const guards = new Map<string, ActionGuard>();
  const listeners = new Set<(change: BreakerChange) => void>();

  function guardOf(action: string): ActionGuard {
    let guard = guards.get(action);
    if (guard === undefined) {
      guard = new ActionGuard(action, breaking, bulkheading, (from, to, log) =>
        tell({ action, from, to }, log),
      );
      guards.set(action, guard);
    }
    return guard;
  }

  function tell(change: BreakerChange, log: Logger): void {
    log.warn("a breaker changed its state", { ...change });
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error("a listener of breakers failed", { error });
      }
    }
  }

  return {
    async middleware(context, next) {
      if (context.stage === "submission") {
        // The work is that of the job, which passes here when it runs.
        return next();
      }
      const guard = guardOf(context.action.name);
      guard.admit();
      // An invalid request is refused before: it says nothing of the dependency.
      await context.request();
      return guard.run(context, next);
    },
    snapshot: () => Array.from(guards.values(), (guard) => guard.state),
    onStateChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
