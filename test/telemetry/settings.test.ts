import { describe, expect, it } from "vitest";
import { type Environment, readSettings } from "../../src/runtime/telemetry/settings.ts";

const read = (env: Environment, options: object = {}) =>
  readSettings({ serviceName: "bot", ...options }, env);
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };

describe("the environment", () => {
  it("turns signals on by an endpoint, one by one or all", () => {
    const off = { traces: undefined, metrics: undefined, logs: undefined, prometheus: false };
    expect(read({})).toMatchObject(off);
    expect(read(endpoint)).toMatchObject({ traces: {}, metrics: {}, logs: {} });
    expect(read({ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: "http://x" })).toMatchObject({
      traces: undefined,
      logs: {},
    });
    expect(read({ ...endpoint, OTEL_TRACES_EXPORTER: "none" }).traces).toBeUndefined();
    expect(read({ OTEL_TRACES_EXPORTER: "otlp" }).traces).toEqual({ url: undefined });
    expect(read({ OTEL_METRICS_EXPORTER: "prometheus" })).toMatchObject({
      metrics: undefined,
      prometheus: true,
    });
    expect(read({ ...endpoint, OTEL_SDK_DISABLED: "true" })).toMatchObject(off);
  });

  it("goes before options", () => {
    const options = { endpoint: "http://code:4318/", sampleRatio: 0.5 };
    expect(read({}, options)).toMatchObject({
      traces: { url: "http://code:4318/v1/traces" },
      sampler: { ratio: 0.5, parentBased: true },
    });
    expect(
      read({ ...endpoint, OTEL_SERVICE_NAME: "other", OTEL_TRACES_SAMPLER: "always_off" }, options),
    ).toMatchObject({
      serviceName: "other",
      traces: { url: undefined },
      sampler: { ratio: 0, parentBased: false },
    });
  });

  it.each([
    [{ OTEL_TRACES_EXPORTER: "zipkin" }, 'OTEL_TRACES_EXPORTER names "zipkin": otlp, none are'],
    [{ OTEL_TRACES_SAMPLER: "some" }, 'OTEL_TRACES_SAMPLER is "some": always_on, always_off or'],
    [
      { OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "2" },
      "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not 2",
    ],
    [{ OTEL_PROPAGATORS: "jaeger" }, 'OTEL_PROPAGATORS names "jaeger": tracecontext'],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, "OTLP is sent as http/protobuf only"],
  ])("that cannot be followed is an error that names the mend: %j", (env, message) => {
    expect(() => read(env)).toThrow(`telemetry: ${message}`);
  });
});
