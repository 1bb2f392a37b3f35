import {
  type Context,
  context as contextApi,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  type TextMapGetter,
  type TextMapPropagator,
  TraceFlags,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { CallContext } from "../action/context.ts";
import type { HeaderReader } from "../action/headers.ts";
import type { RequestEnd } from "../action/hooks.ts";
import type {
  CallObserver,
  CallStart,
  ObservedCall,
  ObservedPart,
  PartKind,
} from "../action/observer.ts";
import type { CallIds } from "./call-ids.ts";
import type { CallMetrics } from "./call-metrics.ts";
import { LateSpan } from "./late-span.ts";
import { attr, rpcDoors, rpcSystem } from "./semconv.ts";
import { failServerSpan, failSpan } from "./span-status.ts";

/** What calls are observed with. */
export interface CallTelemetry {
  /** Undefined if there are to be no spans. */
  readonly tracer: Tracer | undefined;
  readonly ids: CallIds;
  readonly propagator: TextMapPropagator;
  readonly metrics: CallMetrics | undefined;
}

/**
 * Makes spans and metrics of the calls of a pipeline: a server span for each,
 * whose context all of the call runs in, and spans for its parts.
 */
export function createCallObserver({
  tracer,
  ids,
  propagator,
  metrics,
}: CallTelemetry): CallObserver {
  return {
    begin(start) {
      metrics?.begin(start.door);
      return tracer === undefined
        ? new CountedCall(metrics)
        : new TracedCall({ tracer, ids, propagator }, metrics, start);
    },
  };
}

/** A call that is counted, at least. */
class CountedCall implements ObservedCall {
  readonly #metrics: CallMetrics | undefined;
  /** The full name of the rpc, at doors of RPC. */
  #method: string | undefined;

  constructor(metrics: CallMetrics | undefined) {
    this.#metrics = metrics;
  }

  run<T>(work: () => T): T {
    return work();
  }

  settled(): void {}

  routed({ door, action }: CallContext, service: string): string | undefined {
    if (action !== undefined && rpcDoors.has(door)) {
      this.#method = `${service}/${action.rpc}`;
    }
    return this.#method;
  }

  part(_kind: PartKind, _name: string): ObservedPart | undefined {
    return undefined;
  }

  ended(context: CallContext, { error, durationMs }: RequestEnd): void {
    this.#metrics?.ended(context, this.#method, error, durationMs / 1000);
  }
}

const headerGetter: TextMapGetter<HeaderReader> = {
  get: (headers, name) => headers.get(name),
  keys: () => [],
};

/** What spans of calls are made with. */
interface CallTracing {
  readonly tracer: Tracer;
  readonly ids: CallIds;
  readonly propagator: TextMapPropagator;
}

class TracedCall extends CountedCall {
  readonly #tracing: CallTracing;
  readonly #start: CallStart;
  readonly #startedAt = performance.now();
  readonly #context: Context;
  /** Undefined until the trace is known. */
  #span: Span | undefined;
  #late: LateSpan | undefined;
  #recording = false;

  constructor(tracing: CallTracing, metrics: CallMetrics | undefined, start: CallStart) {
    super(metrics);
    this.#tracing = tracing;
    this.#start = start;
    const around = parentContext(tracing.propagator, start.headers);
    const parent = trace.getSpanContext(around);
    if (parent !== undefined && isSpanContextValid(parent)) {
      if (parent.traceId !== start.traceId) {
        start.setTraceId(parent.traceId);
      }
      this.#context = trace.setSpan(around, this.#begin(around));
    } else if (start.traceIsOpen) {
      this.#late = new LateSpan();
      this.#context = trace.setSpan(around, this.#late);
    } else {
      this.#context = trace.setSpan(around, this.#begin(around));
    }
  }

  /** Without a parent in the context the span is the root of the call's trace. */
  #begin(around: Context): Span {
    const { tracer, ids } = this.#tracing;
    const { door, traceId } = this.#start;
    ids.nextTraceId = traceId;
    const options = { kind: SpanKind.SERVER, startTime: this.#startedAt };
    const span = tracer.startSpan(door, options, around);
    ids.nextTraceId = undefined;
    this.#span = span;
    this.#recording = span.isRecording();
    return span;
  }

  override run<T>(work: () => T): T {
    return contextApi.with(this.#context, work);
  }

  override settled(): void {
    const { linkedTraceId } = this.#start;
    if (this.#late !== undefined && this.#span === undefined) {
      this.#late.begin(this.#begin(trace.deleteSpan(this.#context)));
    } else if (this.#recording && linkedTraceId !== undefined) {
      // Its spans are not known; readers of links go by the trace.
      const spanId = linkedTraceId.slice(0, 16);
      const context = { traceId: linkedTraceId, spanId, traceFlags: TraceFlags.NONE };
      this.#span?.addLink({ context });
    }
  }

  override routed(context: CallContext, service: string): string | undefined {
    const method = super.routed(context, service);
    const { action, door } = context;
    if (!this.#recording || this.#span === undefined || action === undefined) {
      return method;
    }
    const span = this.#span;
    span.setAttribute(attr.door, door);
    span.setAttribute(attr.action, action.name);
    if (method !== undefined) {
      span.updateName(method);
      span.setAttribute(attr.rpcSystem, rpcSystem(door));
      span.setAttribute(attr.rpcMethod, method);
    } else {
      span.updateName(`${door} ${action.name}`);
    }
    setUnlessEmpty(span, attr.botId, context.botId);
    setUnlessEmpty(span, attr.conversationId, context.conversationId);
    setUnlessEmpty(span, attr.eventId, context.eventId);
    return method;
  }

  override part(kind: PartKind, name: string): ObservedPart | undefined {
    if (!this.#recording) {
      return undefined;
    }
    const parent = contextApi.active();
    const span = this.#tracing.tracer.startSpan(
      name === "" ? kind : `${kind} ${name}`,
      undefined,
      parent,
    );
    return new TracedPart(span, trace.setSpan(parent, span));
  }

  override ended(context: CallContext, end: RequestEnd): void {
    super.ended(context, end);
    const { error } = end;
    if (this.#span === undefined) {
      this.settled();
    }
    if (!this.#recording || this.#span === undefined) {
      return;
    }
    const span = this.#span;
    if (rpcDoors.has(this.#start.door)) {
      span.setAttribute(attr.rpcStatus, error?.code ?? "ok");
    }
    if (context.action === undefined) {
      span.setAttribute(attr.door, this.#start.door);
    }
    if (error !== undefined) {
      failServerSpan(span, error);
    }
    span.end(performance.now());
  }
}

class TracedPart implements ObservedPart {
  readonly #span: Span;
  readonly #context: Context;

  constructor(span: Span, context: Context) {
    this.#span = span;
    this.#context = context;
  }

  run<T>(work: () => T): T {
    return contextApi.with(this.#context, work);
  }

  end(error?: unknown): void {
    if (error !== undefined) {
      failSpan(this.#span, error);
    }
    this.#span.end();
  }
}

/** Where a call comes from: the span that is active already, or what its headers say. */
function parentContext(propagator: TextMapPropagator, headers: HeaderReader): Context {
  const active = contextApi.active();
  return trace.getSpan(active) === undefined
    ? propagator.extract(ROOT_CONTEXT, headers, headerGetter)
    : active;
}

function setUnlessEmpty(span: Span, name: string, value: string): void {
  if (value !== "") {
    span.setAttribute(name, value);
  }
}
