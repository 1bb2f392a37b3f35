import { type Histogram, type MeterProvider, metrics } from "@opentelemetry/api";
import { version } from "../version.ts";
import { secondsHistogram } from "./call-metrics.ts";
import { scopeName } from "./semconv.ts";

/**
 * A histogram of durations for code that is made before telemetry is started:
 * it is that of the provider which is registered when it is asked for.
 */
export function lateHistogram(name: string, description: string): () => Histogram {
  let provider: MeterProvider | undefined;
  let histogram: Histogram | undefined;
  return () => {
    const present = metrics.getMeterProvider();
    if (histogram === undefined || provider !== present) {
      provider = present;
      histogram = secondsHistogram(present.getMeter(scopeName, version), name, description);
    }
    return histogram;
  };
}
