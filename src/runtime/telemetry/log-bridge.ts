import {
  type AnyValue,
  context,
  type Logger as OtelLogger,
  SeverityNumber,
} from "@opentelemetry/api";

const severities: Readonly<Record<string, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
};

/**
 * Makes a function that lets log lines pass, and emits each as a record of
 * OpenTelemetry. It reads the very line that is written, so that the record has
 * what the line shows, and nothing that was kept out of it.
 */
export function createLogBridge(records: OtelLogger): (line: string) => string {
  return (line) => {
    emit(records, JSON.parse(line));
    return line;
  };
}

/** The ids and the service of a line belong to the record itself, and to its resource. */
function emit(records: OtelLogger, line: Readonly<Record<string, AnyValue>>): void {
  const { level, time, message, service, span_id, trace_id, error, ...fields } = line;
  const severityText = String(level);
  records.emit({
    context: context.active(),
    timestamp: new Date(String(time)),
    severityText,
    severityNumber: severities[severityText] ?? SeverityNumber.UNSPECIFIED,
    body: String(message),
    attributes: {
      ...fields,
      // What is written where no span is active still is found by its call.
      ...(span_id === undefined && trace_id !== undefined ? { trace_id } : {}),
      ...exceptionOf(error),
    },
  });
}

/** The attributes of an error: https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/. */
function exceptionOf(error: AnyValue): Readonly<Record<string, AnyValue>> {
  if (typeof error !== "object" || error === null || !("stack" in error)) {
    return error === undefined ? {} : { error };
  }
  const { name, message, stack, ...rest }: Readonly<Record<string, AnyValue>> = { ...error };
  return {
    "exception.type": name,
    "exception.message": message,
    "exception.stacktrace": stack,
    ...(rest["cause"] === undefined ? {} : { "exception.cause": JSON.stringify(rest["cause"]) }),
  };
}
