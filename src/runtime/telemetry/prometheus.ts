import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import type { IMetricReader } from "@opentelemetry/sdk-metrics";

/** Metrics as Prometheus reads them. */
export interface Prometheus {
  readonly reader: IMetricReader;
  /** Collects all metrics as text. */
  collect(): Promise<string>;
}

/** Makes a reader of metrics that opens no port of its own. */
export function createPrometheus(): Prometheus {
  const reader = new PrometheusExporter({ preventServerStart: true });
  // Scopes would be labels on every line, and all metrics have the same.
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  return {
    reader,
    async collect() {
      const { resourceMetrics, errors } = await reader.collect();
      if (errors.length > 0) {
        throw new AggregateError(errors, "some metrics could not be collected");
      }
      return serializer.serialize(resourceMetrics);
    },
  };
}
