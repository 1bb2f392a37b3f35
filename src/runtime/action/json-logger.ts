import { redactIfKnown } from "./known-secrets.ts";
import { type LogFields, type Logger, type LogLevel, logLevels } from "./logger.ts";

/** What a JSON logger may be told. */
export interface JsonLoggerOptions {
  /** The name of the service; without it lines have no `service`. */
  readonly service?: string | undefined;
  /** Lines that matter less are left out. `info` if left out. */
  readonly level?: LogLevel | undefined;
  /** Takes one line, without its line break. Standard output if left out. */
  readonly write?: ((line: string) => void) | undefined;
}

/**
 * A logger that writes one JSON object a line: `time` (RFC 3339), `level`,
 * `service`, `message`, and the fields. It never throws: what JSON cannot
 * express is written as text.
 */
export function createJsonLogger(options: JsonLoggerOptions = {}): Logger {
  const { service, level = "info", write = (line) => console.log(line) } = options;
  const least = logLevels.indexOf(level);
  const writer = (own: LogLevel) =>
    logLevels.indexOf(own) < least
      ? () => {}
      : (message: string, fields?: LogFields) =>
          write(formatLine({ level: own, service, message }, fields));
  return {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
  };
}

function formatLine(head: LogFields, fields: LogFields | undefined): string {
  const line = { time: new Date().toISOString(), ...fields, ...head };
  try {
    return JSON.stringify(line, replaceValue);
  } catch {
    // Circular, or with a toJSON that throws: keep what can be kept.
    const members = Object.entries(line).flatMap(([key, value]) => {
      const text = stringify(value);
      return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`];
    });
    return `{${members.join(",")}}`;
  }
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, replaceValue);
  } catch {
    return JSON.stringify(describe(value));
  }
}

/**
 * Errors and bigints as JSON; `JSON.stringify` alone drops the ones and refuses
 * the others. Of messages with secrets it takes copies without them.
 */
function replaceValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") {
    return value.toString();
  }
  return value instanceof Error ? describeError(value) : redactIfKnown(value);
}

/** What is logged of an error: not what else its maker has put into it. */
export function describeError(error: Error): LogFields {
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  return { name, message, code, stack, cause };
}

function describe(value: unknown): string {
  try {
    return value instanceof Error ? (value.stack ?? value.message) : String(value);
  } catch {
    return "(cannot be written)";
  }
}
