import { context, type Logger as OtelLogger, trace } from "@opentelemetry/api";
import { type DestinationStream, type Logger as PinoLogger, pino } from "pino";
import { describeError } from "../action/json-logger.ts";
import { redactIfKnown } from "../action/known-secrets.ts";
import type { LogFields, Logger, LogLevel } from "../action/logger.ts";
import { createLogBridge } from "./log-bridge.ts";

/** What a logger of pino can be told. */
export interface PinoLoggerOptions {
  /** The name of the service, on every line. */
  readonly service: string;
  /** Lines that matter less are left out. `info` if left out. */
  readonly level?: LogLevel | undefined;
  /** Where lines go; to the standard output if left out. */
  readonly destination?: DestinationStream | undefined;
  /** Paths of fields that are never shown, as pino takes them: beside those that a .proto marks. */
  readonly redact?: readonly string[] | undefined;
  /** Where the same records go as those of OpenTelemetry. */
  readonly records?: OtelLogger | undefined;
}

/** A logger, with the one of pino below it for what only that can do. */
export interface PinoBackedLogger extends Logger {
  readonly pino: PinoLogger;
}

/**
 * Makes a logger that writes JSON lines with pino. Each has the ids of the span
 * that is active where it is written, without anyone passing them; messages
 * that the pipeline has handed out lose the fields that must not be shown.
 */
export function createPinoLogger(options: PinoLoggerOptions): PinoBackedLogger {
  const { service, level = "info", destination, redact = [], records } = options;
  const settings = {
    level,
    base: { service },
    messageKey: "message",
    errorKey: "error",
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: [...redact],
    mixin: activeSpanIds,
    // pino would join the messages of an error and its causes, and show all that is in them.
    serializers: { error: (error: unknown) => present(error, 0) },
    formatters: { level: (label: string) => ({ level: label }), log: presentable },
    ...(records === undefined ? {} : { hooks: { streamWrite: createLogBridge(records) } }),
  };
  const logger = destination === undefined ? pino(settings) : pino(settings, destination);
  return {
    pino: logger,
    debug: (message, fields) => logger.debug(fields, message),
    info: (message, fields) => logger.info(fields, message),
    warn: (message, fields) => logger.warn(fields, message),
    error: (message, fields) => logger.error(fields, message),
  };
}

/** The ids of the active span, if there is one. */
function activeSpanIds(): object {
  const span = trace.getSpanContext(context.active());
  return span === undefined || span.spanId === noSpan
    ? {}
    : { trace_id: span.traceId, span_id: span.spanId };
}

const noSpan = "0".repeat(16);

/** Deeper than fields of log lines are worth reading. */
const maxDepth = 8;

/** Fields as they may be shown: errors as plain objects, messages without their secrets. */
function presentable(fields: LogFields): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    shown[name] = typeof value === "object" ? present(value, 0) : value;
  }
  return shown;
}

function present(given: unknown, depth: number): unknown {
  const value = given instanceof Error ? describeError(given) : redactIfKnown(given);
  if (typeof value !== "object" || value === null || depth > maxDepth) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((element) => present(element, depth + 1));
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, present(member, depth + 1)]),
  );
}
