import type { Attributes, Histogram, Meter } from "@opentelemetry/api";
import type { CallContext } from "../action/context.ts";
import type { ActionError } from "../action/error.ts";
import { attr, rpcDoors, rpcSystem, secondsBuckets } from "./semconv.ts";

/** Counts calls, and how long they take. */
export interface CallMetrics {
  begin(door: string): void;
  /** @param method the full name of the rpc, at doors of RPC; undefined if none was found */
  ended(
    context: CallContext,
    method: string | undefined,
    error: ActionError | undefined,
    seconds: number,
  ): void;
}

/** What is counted of the calls of one door and action that ended with one code. */
interface Cell {
  readonly attributes: Attributes;
  /** Those of semantic conventions; undefined at doors that are none of RPC. */
  readonly rpcAttributes: Attributes | undefined;
  count: number;
  invalid: number;
}

/** The action of calls that none was found for: callers choose those names, so they are one label. */
const unknownAction = "_unknown";

/**
 * Makes the metrics of calls. What can be counted without a library is, and is
 * only read when metrics are collected; the cells are kept by door, action and
 * code, of which a server has as many as its doors and contracts say.
 */
export function createCallMetrics(meter: Meter): CallMetrics {
  const cells = new Map<string, Cell>();
  const inFlight = new Map<string, number>();
  const duration = secondsHistogram(meter, "request_duration", "How long calls took");
  const rpcDuration = secondsHistogram(
    meter,
    "rpc.server.call.duration",
    "How long RPCs took that came in",
  );
  meter
    .createObservableCounter("request_count", { description: "Calls that have ended" })
    .addCallback((result) => {
      for (const { count, attributes } of cells.values()) {
        result.observe(count, attributes);
      }
    });
  meter
    .createObservableCounter("validation_failures", {
      description: "Calls whose request could not be read, or broke a rule",
    })
    .addCallback((result) => {
      for (const { invalid, attributes } of cells.values()) {
        if (invalid > 0) {
          const { action, door } = attributes;
          result.observe(invalid, { action, door });
        }
      }
    });
  meter
    .createObservableUpDownCounter("requests_in_flight", { description: "Calls that go on" })
    .addCallback((result) => {
      for (const [door, count] of inFlight) {
        result.observe(count, { door });
      }
    });

  return {
    begin(door) {
      inFlight.set(door, (inFlight.get(door) ?? 0) + 1);
    },
    ended({ door, action }, method, error, seconds) {
      inFlight.set(door, (inFlight.get(door) ?? 0) - 1);
      const code = error?.code ?? "ok";
      const name = action?.name ?? unknownAction;
      const key = `${door} ${name} ${code}`;
      let cell = cells.get(key);
      if (cell === undefined) {
        cell = createCell(door, name, method, code);
        cells.set(key, cell);
      }
      cell.count += 1;
      if (code === "invalid_argument" && error !== undefined && error.violations.length > 0) {
        cell.invalid += 1;
      }
      duration.record(seconds, cell.attributes);
      if (cell.rpcAttributes !== undefined) {
        rpcDuration.record(seconds, cell.rpcAttributes);
      }
    },
  };
}

function createCell(door: string, action: string, method: string | undefined, code: string): Cell {
  const failed = code === "ok" ? {} : { [attr.errorType]: code };
  const rpcAttributes = rpcDoors.has(door)
    ? {
        [attr.rpcSystem]: rpcSystem(door),
        ...(method === undefined ? {} : { [attr.rpcMethod]: method }),
        [attr.rpcStatus]: code,
        ...failed,
      }
    : undefined;
  return { attributes: { action, code, door }, rpcAttributes, count: 0, invalid: 0 };
}

/** A histogram of durations in seconds, whose buckets are fit for them. */
export function secondsHistogram(meter: Meter, name: string, description: string): Histogram {
  return meter.createHistogram(name, {
    description,
    unit: "s",
    advice: { explicitBucketBoundaries: secondsBuckets },
  });
}
