import type { Meter } from "@opentelemetry/api";

/** Things that are in one of a few states, such as circuit breakers or plugins. */
export interface ComponentStates {
  /** What they are, for example `breaker`: the metric is `<kind>_state`. */
  readonly kind: string;
  /** Every state that one can be in, for example `closed`, `open`, `half_open`. */
  readonly states: readonly string[];
  /** The present state of each by its name; asked when metrics are collected. */
  read(): Iterable<readonly [name: string, state: string]>;
}

/**
 * Makes a metric of states: a gauge for each name and state, 1 for the one that
 * it is in and 0 for the others.
 *
 * @returns a function that ends it
 */
export function observeStates(meter: Meter, { kind, states, read }: ComponentStates): () => void {
  const gauge = meter.createObservableGauge(`${kind}_state`, {
    description: `1 for the state that a ${kind} is in`,
  });
  const callback: Parameters<typeof gauge.addCallback>[0] = (result) => {
    for (const [name, current] of read()) {
      for (const state of states) {
        result.observe(state === current ? 1 : 0, { name, state });
      }
    }
  };
  gauge.addCallback(callback);
  return () => gauge.removeCallback(callback);
}
