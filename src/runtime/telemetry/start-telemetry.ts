import { metrics } from "@opentelemetry/api";
import type { CallObserver } from "../action/observer.ts";
import type { Door } from "../http/door.ts";
import { version } from "../version.ts";
import { createCallMetrics } from "./call-metrics.ts";
import { createCallObserver } from "./call-observer.ts";
import { type ComponentStates, observeStates } from "./component-states.ts";
import { measureEventLoopDelay } from "./event-loop-delay.ts";
import { createMetricsDoor, type MetricsDoorOptions } from "./metrics-door.ts";
import { createPinoLogger, type PinoBackedLogger, type PinoLoggerOptions } from "./pino-logger.ts";
import type { Prometheus } from "./prometheus.ts";
import { scopeName } from "./semconv.ts";
import { type Environment, readSettings, type TelemetryOptions } from "./settings.ts";

/** What telemetry can be told, its log lines included. */
export interface StartTelemetryOptions
  extends TelemetryOptions,
    Omit<PinoLoggerOptions, "service" | "records"> {}

/** Traces, metrics and logs of a process. */
export interface Telemetry {
  /**
   * What servers are made with: `createBotServer({ ...telemetry.server, ... })`.
   * Without configuration there is a logger in it, and nothing else.
   */
  readonly server: { readonly log: PinoBackedLogger; readonly observer?: CallObserver };
  readonly log: PinoBackedLogger;
  /** Makes a metric of the states of breakers, plugins and the like. Returns a function that ends it. */
  observeStates(states: ComponentStates): () => void;
  /** A door from which Prometheus reads metrics. Throws if they are not kept for it. */
  metricsDoor(options: MetricsDoorOptions): Door;
  /** Sends what has been gathered. */
  flush(): Promise<void>;
  /**
   * Sends what has been gathered, and ends all. A process that ends because
   * nothing is left to do, as it does when its server has closed, needs no call.
   */
  shutdown(): Promise<void>;
}

/**
 * Sets up traces, metrics and logs over OTLP (HTTP with Protobuf), for the
 * whole process, as options and the standard environment variables (`OTEL_*`)
 * say. Where neither names an endpoint nothing is loaded, nor is anything of
 * the way of a call different.
 *
 * Throws an error that names the mend if something cannot be followed.
 */
export async function startTelemetry(options: StartTelemetryOptions): Promise<Telemetry> {
  const env: Environment = process.env;
  const settings = readSettings(options, env);
  const { traces, logs, prometheus: wanted } = settings;
  const pinoOptions = { ...options, service: settings.serviceName };
  if (traces === undefined && settings.metrics === undefined && logs === undefined && !wanted) {
    return disabled(createPinoLogger(pinoOptions));
  }
  const prometheus = wanted ? await loadPrometheus() : undefined;
  const { startSdk } = await import("./sdk.ts");
  const sdk = await startSdk(settings, env, prometheus === undefined ? [] : [prometheus.reader]);
  const meter = sdk.meterProvider?.getMeter(scopeName, version);
  const stopDelay = meter && measureEventLoopDelay(meter);
  const log = createPinoLogger({
    ...pinoOptions,
    records: sdk.loggerProvider?.getLogger(scopeName, version),
  });
  const observer = createCallObserver({
    tracer: sdk.tracer,
    ids: sdk.ids,
    propagator: sdk.propagator,
    metrics: meter && createCallMetrics(meter),
  });
  const observed = sdk.tracer !== undefined || meter !== undefined;
  const shutdown = async () => {
    process.off("beforeExit", sendRest);
    stopDelay?.();
    await sdk.shutdown();
  };
  const sendRest = () =>
    void shutdown().catch((error: unknown) => log.error("telemetry was not sent", { error }));
  process.once("beforeExit", sendRest);
  return {
    server: observed ? { log, observer } : { log },
    log,
    observeStates: (states) => observeStates(metrics.getMeter(scopeName, version), states),
    metricsDoor: (door) =>
      prometheus === undefined ? refuseDoor() : createMetricsDoor(prometheus.collect, door),
    flush: sdk.flush,
    shutdown,
  };
}

/** What there is without configuration: log lines. */
function disabled(log: PinoBackedLogger): Telemetry {
  return {
    server: { log },
    log,
    observeStates: () => () => {},
    metricsDoor: refuseDoor,
    flush: async () => {},
    shutdown: async () => {},
  };
}

function refuseDoor(): never {
  throw new Error(
    "metricsDoor: no metrics are kept for Prometheus: say prometheus: true to startTelemetry, or set OTEL_METRICS_EXPORTER=prometheus",
  );
}

async function loadPrometheus(): Promise<Prometheus> {
  const { createPrometheus } = await import("./prometheus.ts");
  return createPrometheus();
}
