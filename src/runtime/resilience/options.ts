import type { ActionError } from "../action/error.ts";

/** When an action counts as broken, and for how long its calls are refused then. */
export interface BreakerOptions {
  /** The part of the calls, between 0 and 1, that may fail. 0.5 by default. */
  readonly failureRate?: number | undefined;
  /** How many of the latest calls are looked at. 20 by default. */
  readonly calls?: number | undefined;
  /** With fewer calls than this nothing is concluded. 10 by default. */
  readonly minimumCalls?: number | undefined;
  /** For how long calls are refused until one is let through to try, in milliseconds. 5000 by default. */
  readonly openMs?: number | undefined;
  /**
   * Whether an error says that something is broken. By default `unavailable`,
   * `deadline_exceeded`, `internal` and `unknown` do: others are answers.
   */
  readonly isFailure?: ((error: ActionError) => boolean) | undefined;
}

/** How many calls of an action there may be at once. */
export interface BulkheadOptions {
  readonly maxInFlight: number;
  /** How many more wait for their turn, within their budgets, instead of being refused. 0 by default. */
  readonly maxQueued?: number | undefined;
}

/** The options of a breaker, complete. */
export type Breaking = { readonly [K in keyof BreakerOptions]-?: NonNullable<BreakerOptions[K]> };

/** The options of a bulkhead, complete. */
export type Bulkheading = {
  readonly [K in keyof BulkheadOptions]-?: NonNullable<BulkheadOptions[K]>;
};

/** Completes the options. Throws an error that names the mend if they contradict themselves. */
export function completeBreaker(options: BreakerOptions): Breaking {
  const { failureRate = 0.5, calls = 20, openMs = 5000, isFailure = failsByDefault } = options;
  const { minimumCalls = Math.min(10, calls) } = options;
  if (!(failureRate > 0 && failureRate < 1)) {
    throw new Error(`breaker.failureRate must lie between 0 and 1, not be ${failureRate}`);
  }
  if (!(openMs > 0)) {
    throw new Error(`breaker.openMs must be more than 0, not ${openMs}`);
  }
  requireCount("breaker.calls", calls, 1);
  requireCount("breaker.minimumCalls", minimumCalls, 1);
  if (minimumCalls > calls) {
    throw new Error(
      `breaker.minimumCalls must be at most breaker.calls (${calls}), not ${minimumCalls}`,
    );
  }
  return { failureRate, calls, minimumCalls, openMs, isFailure };
}

/** Completes the options. Throws an error that names the mend if one is no count. */
export function completeBulkhead({ maxInFlight, maxQueued = 0 }: BulkheadOptions): Bulkheading {
  requireCount("bulkhead.maxInFlight", maxInFlight, 1);
  requireCount("bulkhead.maxQueued", maxQueued, 0);
  return { maxInFlight, maxQueued };
}

function requireCount(name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new Error(`${name} must be an integer of at least ${least}, not ${value}`);
  }
}

function failsByDefault({ code }: ActionError): boolean {
  return (
    code === "unavailable" ||
    code === "deadline_exceeded" ||
    code === "internal" ||
    code === "unknown"
  );
}
