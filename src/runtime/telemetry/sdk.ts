import {
  context,
  type LoggerProvider as LoggerProviderApi,
  logs,
  type MeterProvider as MeterProviderApi,
  metrics,
  propagation,
  type TextMapPropagator,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from "@opentelemetry/core";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import {
  type IMetricReader,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { version } from "../version.ts";
import { type CallIds, createCallIds } from "./call-ids.ts";
import { scopeName } from "./semconv.ts";
import {
  type Environment,
  type Export,
  numberOf,
  type PropagatorName,
  type SamplerSetting,
  type Settings,
} from "./settings.ts";

/** OpenTelemetry's SDK, set up and registered for the process. */
export interface Sdk {
  readonly tracer: Tracer | undefined;
  readonly ids: CallIds;
  readonly propagator: TextMapPropagator;
  readonly meterProvider: MeterProviderApi | undefined;
  readonly loggerProvider: LoggerProviderApi | undefined;
  /** Sends what has been gathered. */
  flush(): Promise<void>;
  /** Sends what has been gathered, and takes everything down again. */
  shutdown(): Promise<void>;
}

/**
 * Sets the SDK up.
 *
 * @param readers what else collects metrics
 */
export async function startSdk(
  settings: Settings,
  env: Environment,
  readers: readonly IMetricReader[],
): Promise<Sdk> {
  const resource = resourceOf(settings);
  const ids = createCallIds();
  const propagator = await createPropagator(settings.propagators);
  const tracerProvider = settings.traces && createTracerProvider(settings, env, resource, ids);
  const meterProvider = createMeterProvider(settings.metrics, env, resource, readers);
  const loggerProvider = settings.logs && createLoggerProvider(settings.logs, env, resource);

  if (!context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())) {
    throw new Error(
      "telemetry: OpenTelemetry is set up in this process already: call startTelemetry once, and shutdown() before it is called again",
    );
  }
  propagation.setGlobalPropagator(propagator);
  if (tracerProvider !== undefined) {
    trace.setGlobalTracerProvider(tracerProvider);
  }
  if (meterProvider !== undefined) {
    metrics.setGlobalMeterProvider(meterProvider);
  }
  if (loggerProvider !== undefined) {
    logs.setGlobalLoggerProvider(loggerProvider);
  }

  const providers = [tracerProvider, loggerProvider, meterProvider].filter(
    (provider) => provider !== undefined,
  );
  return {
    tracer: tracerProvider?.getTracer(scopeName, version),
    ids,
    propagator,
    meterProvider,
    loggerProvider,
    flush: () => all(providers.map((provider) => provider.forceFlush())),
    async shutdown() {
      try {
        await all(providers.map((provider) => provider.shutdown()));
      } finally {
        trace.disable();
        metrics.disable();
        logs.disable();
        propagation.disable();
        context.disable();
      }
    },
  };
}

/** Waits for all, whatever becomes of one, and then fails with the first failure. */
async function all(promises: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(promises)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") {
    throw failed.reason;
  }
}

function resourceOf({ serviceName, serviceVersion }: Settings): Resource {
  const detected = detectResources({ detectors: [envDetector, serviceInstanceIdDetector] });
  const named = resourceFromAttributes({
    "service.name": serviceName,
    ...(serviceVersion === undefined ? {} : { "service.version": serviceVersion }),
  });
  return defaultResource().merge(detected).merge(named);
}

/**
 * Queues that hold what a busy server makes within the time that an export
 * takes: a queue that is full drops spans.
 */
function createTracerProvider(
  { traces, sampler }: Settings,
  env: Environment,
  resource: Resource,
  idGenerator: CallIds,
): TracerProvider {
  const processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter(exporterConfig(traces)),
    maxQueueSize: numberOf(env, "OTEL_BSP_MAX_QUEUE_SIZE", 32_768),
    maxExportBatchSize: numberOf(env, "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 1024),
    scheduledDelayMillis: numberOf(env, "OTEL_BSP_SCHEDULE_DELAY", 1000),
    exportTimeoutMillis: numberOf(env, "OTEL_BSP_EXPORT_TIMEOUT", 30_000),
  });
  return new TracerProvider({
    resource,
    idGenerator,
    sampler: createSampler(sampler),
    spanProcessors: [processor],
    spanLimits: {
      attributeCountLimit: numberOf(env, "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", 128),
      attributeValueLengthLimit: numberOf(env, "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", 4096),
    },
  });
}

function createSampler({ ratio, parentBased }: SamplerSetting): Sampler {
  const root = new TraceIdRatioBasedSampler(ratio);
  return parentBased ? new ParentBasedSampler({ root }) : root;
}

function createMeterProvider(
  exported: Export | undefined,
  env: Environment,
  resource: Resource,
  others: readonly IMetricReader[],
): MeterProvider | undefined {
  const readers = [...others];
  if (exported !== undefined) {
    const exportIntervalMillis = numberOf(env, "OTEL_METRIC_EXPORT_INTERVAL", 60_000);
    const exportTimeoutMillis = numberOf(env, "OTEL_METRIC_EXPORT_TIMEOUT", 30_000);
    readers.push(
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter(exporterConfig(exported)),
        exportIntervalMillis,
        exportTimeoutMillis: Math.min(exportTimeoutMillis, exportIntervalMillis),
      }),
    );
  }
  return readers.length === 0 ? undefined : new MeterProvider({ resource, readers });
}

function createLoggerProvider(
  exported: Export,
  env: Environment,
  resource: Resource,
): LoggerProvider {
  const processor = new BatchLogRecordProcessor({
    exporter: new OTLPLogExporter(exporterConfig(exported)),
    maxQueueSize: numberOf(env, "OTEL_BLRP_MAX_QUEUE_SIZE", 16_384),
    maxExportBatchSize: numberOf(env, "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", 1024),
    scheduledDelayMillis: numberOf(env, "OTEL_BLRP_SCHEDULE_DELAY", 1000),
    exportTimeoutMillis: numberOf(env, "OTEL_BLRP_EXPORT_TIMEOUT", 30_000),
  });
  return new LoggerProvider({ resource, processors: [processor] });
}

/**
 * A flush sends a whole queue at once, batch by batch: an exporter that allows
 * fewer requests than that drops the rest.
 */
function exporterConfig(exported: Export | undefined): { url?: string; concurrencyLimit: number } {
  const concurrencyLimit = 1024;
  return exported?.url === undefined
    ? { concurrencyLimit }
    : { url: exported.url, concurrencyLimit };
}

async function createPropagator(names: readonly PropagatorName[]): Promise<TextMapPropagator> {
  const propagators: TextMapPropagator[] = [];
  for (const name of names) {
    if (name === "tracecontext") {
      propagators.push(new W3CTraceContextPropagator());
    } else if (name === "baggage") {
      propagators.push(new W3CBaggagePropagator());
    } else {
      propagators.push(await createB3(name));
    }
  }
  return new CompositePropagator({ propagators });
}

async function createB3(name: "b3" | "b3multi"): Promise<TextMapPropagator> {
  // A package that most have no use for.
  const { B3InjectEncoding, B3Propagator } = await import("@opentelemetry/propagator-b3");
  const { SINGLE_HEADER, MULTI_HEADER } = B3InjectEncoding;
  return new B3Propagator({ injectEncoding: name === "b3" ? SINGLE_HEADER : MULTI_HEADER });
}
