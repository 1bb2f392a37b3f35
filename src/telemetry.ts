/**
 * botwire/telemetry: traces, metrics and logs by OpenTelemetry. Needs
 * `@opentelemetry/api` and `pino`; `startTelemetry` loads the packages of
 * OpenTelemetry's SDK when they are configured.
 */
export type { ComponentStates } from "./runtime/telemetry/component-states.ts";
export {
  type InstrumentPgOptions,
  instrumentPg,
  type PgClient,
} from "./runtime/telemetry/instrument-pg.ts";
export { instrumentRedis } from "./runtime/telemetry/instrument-redis.ts";
export { telemetryInterceptor } from "./runtime/telemetry/interceptor.ts";
export type { MetricsDoorOptions } from "./runtime/telemetry/metrics-door.ts";
export {
  createPinoLogger,
  type PinoBackedLogger,
  type PinoLoggerOptions,
} from "./runtime/telemetry/pino-logger.ts";
export type { TelemetryOptions } from "./runtime/telemetry/settings.ts";
export {
  type StartTelemetryOptions,
  startTelemetry,
  type Telemetry,
} from "./runtime/telemetry/start-telemetry.ts";
export { type TracedFetchOptions, tracedFetch } from "./runtime/telemetry/traced-fetch.ts";
export { tracedTransport } from "./runtime/telemetry/traced-transport.ts";
