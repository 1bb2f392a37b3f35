import {
  BrokenCircuitError,
  type BulkheadPolicy,
  BulkheadRejectedError,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  handleWhen,
} from "cockatiel";
import { beforeAbort } from "../action/before-abort.ts";
import type { ActionResponse } from "../action/call.ts";
import type { MiddlewareContext } from "../action/context.ts";
import { ActionError } from "../action/error.ts";
import { type Logger, silentLogger } from "../action/logger.ts";
import type { Next } from "../action/middleware.ts";
import { toActionError } from "../action/to-action-error.ts";
import type { Breaking, Bulkheading } from "./options.ts";
import { watchStream } from "./watched.ts";

/**
 * Whether the calls of an action are let through (`closed`), refused (`open`),
 * or refused while one of them tries whether the action works again
 * (`half_open`).
 */
export type BreakerState = "closed" | "open" | "half_open";

/** How the calls of an action fare now. */
export interface ActionState {
  readonly action: string;
  /** `closed` without a breaker. */
  readonly breaker: BreakerState;
  /** How many calls are at work; 0 without a bulkhead. */
  readonly inFlight: number;
  /** How many calls wait for their turn. */
  readonly queued: number;
}

/** When callers may try again whom a bulkhead had no place for, in milliseconds. */
const retryAfterMs = 1000;

/** Is told how a breaker moved, and is given the log of the call that moved it. */
export type ChangeListener = (from: BreakerState, to: BreakerState, log: Logger) => void;

/** Breaker and bulkhead of one action. */
export class ActionGuard {
  readonly #action: string;
  readonly #breaking: Breaking | undefined;
  readonly #bulkheading: Bulkheading | undefined;
  readonly #breaker: CircuitBreakerPolicy | undefined;
  readonly #bulkhead: BulkheadPolicy | undefined;
  #openedAt = 0;
  /** That of the call that moves the breaker, if it moves. */
  #log: Logger | undefined;

  /** @param onChange is told whenever the breaker's state has changed */
  constructor(
    action: string,
    breaking: Breaking | undefined,
    bulkheading: Bulkheading | undefined,
    onChange: ChangeListener,
  ) {
    this.#action = action;
    this.#breaking = breaking;
    this.#bulkheading = bulkheading;
    if (bulkheading !== undefined) {
      this.#bulkhead = bulkhead(bulkheading.maxInFlight, bulkheading.maxQueued);
    }
    if (breaking !== undefined) {
      this.#breaker = this.#makeBreaker(breaking, onChange);
    }
  }

  #makeBreaker(
    { failureRate, calls, minimumCalls, openMs, isFailure }: Breaking,
    onChange: ChangeListener,
  ): CircuitBreakerPolicy {
    const policy = circuitBreaker(
      handleWhen((reason) => {
        const error = toActionError(reason);
        // A caller that went away leaves the question open, so that another has to try.
        const unanswered = error.code === "canceled" && policy.state === CircuitState.HalfOpen;
        return unanswered || isFailure(error);
      }),
      {
        halfOpenAfter: openMs,
        breaker: new CountBreaker({
          threshold: failureRate,
          size: calls,
          minimumNumberOfCalls: minimumCalls,
        }),
      },
    );
    let state: BreakerState = "closed";
    policy.onStateChange((changed) => {
      const from = state;
      state = stateOf(changed);
      if (state === "open") {
        this.#openedAt = Date.now();
      }
      onChange(from, state, this.#log ?? silentLogger);
    });
    return policy;
  }

  /** How the action fares. */
  get state(): ActionState {
    const { maxInFlight = 0, maxQueued = 0 } = this.#bulkheading ?? {};
    return {
      action: this.#action,
      breaker: stateOf(this.#breaker?.state ?? CircuitState.Closed),
      inFlight: maxInFlight - (this.#bulkhead?.executionSlots ?? 0),
      queued: maxQueued - (this.#bulkhead?.queueSlots ?? 0),
    };
  }

  /** Throws what a call is refused with that comes now. It reads nothing of the call. */
  admit(): void {
    const { state } = this.#breaker ?? {};
    if (state === CircuitState.HalfOpen || (state === CircuitState.Open && this.#openForMs() > 0)) {
      throw this.#broken();
    }
    if (this.#bulkhead?.executionSlots === 0 && this.#bulkhead.queueSlots === 0) {
      throw this.#full();
    }
  }

  /**
   * Runs what is inside of the middleware. The call keeps its place until it is
   * over: a stream until its end, and none longer than its budget.
   */
  run(context: MiddlewareContext, next: Next): Promise<ActionResponse> {
    const answer = Promise.withResolvers<ActionResponse>();
    const work = () => this.#tried(context, next, answer.resolve);
    const running = this.#bulkhead === undefined ? work() : this.#bulkhead.execute(work);
    running.catch((reason: unknown) => answer.reject(this.#refusal(reason)));
    // Those that wait for their turn are answered at the end of their budget, too.
    return this.#bulkhead === undefined
      ? answer.promise
      : beforeAbort(answer.promise, context.signal);
  }

  async #tried(
    context: MiddlewareContext,
    next: Next,
    answer: (response: ActionResponse) => void,
  ): Promise<void> {
    const breaker = this.#breaker;
    let ended: Promise<void> | undefined;
    const attempt = async () => {
      const probes = breaker?.state === CircuitState.HalfOpen;
      const response = await beforeAbort(next(), context.signal);
      if (response.kind !== "stream") {
        answer(response);
        return;
      }
      const stream = watchStream(response.messages, context.signal);
      ended = stream.ended;
      answer({ kind: "stream", messages: stream.messages });
      // A stream may be long: whether the action works again shows before.
      await (probes ? stream.begun : stream.ended);
    };
    if (breaker === undefined) {
      await attempt();
    } else if (breaker.state === CircuitState.HalfOpen) {
      // The breaker itself would let the call wait for the one that tries.
      throw this.#broken();
    } else {
      this.#log = context.log;
      await breaker.execute(() =>
        attempt().finally(() => {
          this.#log = context.log;
        }),
      );
    }
    await ended;
  }

  #refusal(reason: unknown): unknown {
    return reason instanceof BrokenCircuitError
      ? this.#broken()
      : reason instanceof BulkheadRejectedError
        ? this.#full()
        : reason;
  }

  #openForMs(): number {
    return this.#openedAt + (this.#breaking?.openMs ?? 0) - Date.now();
  }

  #broken(): ActionError {
    return new ActionError(
      "unavailable",
      `${this.#action} is out of order: what it depends on keeps failing; try again later`,
      { retryAfterMs: Math.max(this.#openForMs(), retryAfterMs) },
    );
  }

  #full(): ActionError {
    return new ActionError(
      "resource_exhausted",
      `${this.#action} has as many calls in flight as it takes; try again later`,
      { retryAfterMs },
    );
  }
}

function stateOf(state: CircuitState): BreakerState {
  switch (state) {
    case CircuitState.Closed:
      return "closed";
    case CircuitState.HalfOpen:
      return "half_open";
    default:
      return "open";
  }
}
