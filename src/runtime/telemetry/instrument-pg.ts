import { isSpanContextValid, TraceFlags } from "@opentelemetry/api";
import { beginOperation, type ClientOperation } from "./client-operation.ts";
import { queryDuration } from "./query-duration.ts";
import { attr } from "./semconv.ts";

/** What is asked of a pool or a client of `pg`. */
export interface PgClient {
  query(...parameters: never[]): unknown;
  connect(...parameters: never[]): unknown;
}

/** What queries can be told to carry. */
export interface InstrumentPgOptions {
  /**
   * Appends the span to the SQL as a comment (`/*traceparent='...'*\/`), as
   * https://google.github.io/sqlcommenter/ has it, so that the database's own
   * logs name the trace. False by default, for it makes every text another.
   */
  readonly comment?: boolean | undefined;
}

type AnyFunction = (...parameters: unknown[]) => unknown;

/**
 * Makes a client span and a `db_query_duration` of every query of a pool or a
 * client of `pg`: of `query`, and of the clients that `await pool.connect()`
 * gives. The SQL is shown where its values are apart from it.
 */
export function instrumentPg<T extends PgClient>(client: T, options: InstrumentPgOptions = {}): T {
  traceQueries(client, options);
  if ("totalCount" in client) {
    traceCheckouts(client, options);
  }
  return client;
}

/** A client's own `query` hides that of its class. */
function traceQueries(client: object, { comment = false }: InstrumentPgOptions): void {
  const query = methodOf(client, "query");
  const traced: AnyFunction = (...parameters) => {
    const [first, ...others] = parameters;
    const sql = readQuery(first, others[0]);
    if (sql === undefined) {
      return Reflect.apply(query, client, parameters);
    }
    const operation = beginOperation({
      name: sql.operation,
      attributes: { [attr.dbSystem]: "postgresql", [attr.dbOperation]: sql.operation },
      details: sql.parametrized ? { [attr.dbQueryText]: sql.text } : {},
      duration: queryDuration,
      errorType: sqlState,
    });
    const asked = comment && !sql.named ? commented(first, operation) : first;
    return runQuery(operation, [asked, ...others], (given) => Reflect.apply(query, client, given));
  };
  Object.defineProperty(client, "query", { value: traced, configurable: true, writable: true });
}

/** Clients of a pool are traced while they are lent; `pool.query` lends them by callback. */
function traceCheckouts(pool: object, options: InstrumentPgOptions): void {
  const connect = methodOf(pool, "connect");
  const traced: AnyFunction = (...parameters) => {
    const lent = Reflect.apply(connect, pool, parameters);
    return lent instanceof Promise ? lent.then((client) => lend(client, options)) : lent;
  };
  Object.defineProperty(pool, "connect", { value: traced, configurable: true, writable: true });
}

function lend(client: unknown, options: InstrumentPgOptions): unknown {
  if (typeof client !== "object" || client === null) {
    return client;
  }
  traceQueries(client, options);
  const release = methodOf(client, "release");
  const restored: AnyFunction = (...parameters) => {
    Reflect.deleteProperty(client, "query");
    return Reflect.apply(release, client, parameters);
  };
  Object.defineProperty(client, "release", { value: restored, configurable: true, writable: true });
  return client;
}

function methodOf(object: object, name: string): AnyFunction {
  const method: unknown = Reflect.get(object, name);
  if (typeof method !== "function") {
    throw new TypeError(
      `instrumentPg: the client has no ${name}(): give it a Pool or Client of pg`,
    );
  }
  return (...parameters) => Reflect.apply(method, object, parameters);
}

interface ReadQuery {
  readonly text: string;
  readonly operation: string;
  readonly parametrized: boolean;
  /** A prepared statement, whose text must stay the same. */
  readonly named: boolean;
}

/** What a query is; undefined for cursors and streams, which end when nobody can tell. */
function readQuery(first: unknown, second: unknown): ReadQuery | undefined {
  if (typeof first === "string") {
    return describeQuery(first, Array.isArray(second), false);
  }
  if (typeof first !== "object" || first === null || "submit" in first || !("text" in first)) {
    return undefined;
  }
  const values = "values" in first && Array.isArray(first.values);
  return describeQuery(String(first.text), values || Array.isArray(second), "name" in first);
}

function describeQuery(text: string, parametrized: boolean, named: boolean): ReadQuery {
  const operation = /^\s*([A-Za-z]{1,20})\b/.exec(text)?.[1]?.toUpperCase() ?? "QUERY";
  return { text, operation, parametrized, named };
}

function commented(query: unknown, { span }: ClientOperation): unknown {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if ((traceFlags & TraceFlags.SAMPLED) === 0 || !isSpanContextValid(span.spanContext())) {
    return query;
  }
  const comment = ` /*traceparent='00-${traceId}-${spanId}-01'*/`;
  if (typeof query === "string") {
    return query + comment;
  }
  return typeof query === "object" && query !== null && "text" in query
    ? { ...query, text: `${query.text}${comment}` }
    : query;
}

/** A query ends with its promise or, where one is given, with its callback. */
function runQuery(
  operation: ClientOperation,
  parameters: unknown[],
  query: (parameters: unknown[]) => unknown,
): unknown {
  const callback = parameters.at(-1);
  if (typeof callback === "function") {
    const wrapped: AnyFunction = (error, ...results) => {
      operation.end(error ?? undefined);
      return Reflect.apply(callback, undefined, [error, ...results]);
    };
    return operation.run(() => query([...parameters.slice(0, -1), wrapped]));
  }
  const result = operation.run(() => query(parameters));
  if (result instanceof Promise) {
    result.then(
      () => operation.end(),
      (error: unknown) => operation.end(error),
    );
  } else {
    operation.end();
  }
  return result;
}

/** The five characters of an SQLSTATE name an error better than its class. */
function sqlState(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error
    ? String(error.code)
    : "_OTHER";
}
