import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Meter } from "@opentelemetry/api";

type Delays = ReturnType<typeof monitorEventLoopDelay>;

/** What is read of the delays, as the semantic conventions of Node.js name it. */
const readings: readonly [name: string, read: (delays: Delays) => number][] = [
  ["min", (delays) => delays.min],
  ["max", (delays) => delays.max],
  ["mean", (delays) => delays.mean],
  ["stddev", (delays) => delays.stddev],
  ["p50", (delays) => delays.percentile(50)],
  ["p90", (delays) => delays.percentile(90)],
  ["p99", (delays) => delays.percentile(99)],
];

/**
 * Measures how late the event loop is, in seconds, between one collection of
 * metrics and the next.
 *
 * @returns a function that ends it
 */
export function measureEventLoopDelay(meter: Meter): () => void {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  const gauges = readings.map(([name, read]) => {
    const gauge = meter.createObservableGauge(`nodejs.eventloop.delay.${name}`, {
      description: `Event loop delay: ${name}`,
      unit: "s",
    });
    return { gauge, read };
  });
  meter.addBatchObservableCallback(
    (result) => {
      if (delays.count > 0) {
        for (const { gauge, read } of gauges) {
          result.observe(gauge, read(delays) / 1e9);
        }
        delays.reset();
      }
    },
    gauges.map(({ gauge }) => gauge),
  );
  delays.enable();
  return () => delays.disable();
}
