/** What belongs to a log line beside its message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where log lines go. Any logger with these four methods will do. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** How much a log line matters, least first. */
export const logLevels = ["debug", "info", "warn", "error"] as const;

/** How much a log line matters. */
export type LogLevel = (typeof logLevels)[number];

/** A logger that adds the same fields to every line. Fields of a line win. */
export function withFields(log: Logger, common: LogFields): Logger {
  const all = (fields: LogFields | undefined) =>
    fields === undefined ? common : { ...common, ...fields };
  return {
    debug: (message, fields) => log.debug(message, all(fields)),
    info: (message, fields) => log.info(message, all(fields)),
    warn: (message, fields) => log.warn(message, all(fields)),
    error: (message, fields) => log.error(message, all(fields)),
  };
}

/** A logger that writes nothing. */
export const silentLogger: Logger = Object.freeze({
  debug() {},
  info() {},
  warn() {},
  error() {},
});
