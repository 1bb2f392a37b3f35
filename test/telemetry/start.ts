import { type StartTelemetryOptions, startTelemetry } from "botwire/telemetry";
import { onTestFinished, vi } from "vitest";
import { startOtlpSink } from "./otlp-sink.ts";

/** Telemetry that sends everything to a sink, and whose log lines are kept. */
export async function startWithSink(options: Partial<StartTelemetryOptions> = {}) {
  const sink = await startOtlpSink();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", sink.url);
  const lines: string[] = [];
  const telemetry = await startTelemetry({
    serviceName: "testbot",
    destination: { write: (line: string) => void lines.push(line) },
    ...options,
  });
  onTestFinished(async () => {
    await telemetry.shutdown();
    vi.unstubAllEnvs();
  });
  return { telemetry, sink, lines };
}
