import {
  type Attributes,
  type Context,
  context,
  type Histogram,
  type Span,
  SpanKind,
  trace,
} from "@opentelemetry/api";
import type { ObservedPart } from "../action/observer.ts";
import { version } from "../version.ts";
import { attr, scopeName } from "./semconv.ts";
import { errorType, failSpan } from "./span-status.ts";

/** What is asked of another system: a client span and, mostly, a duration. */
export interface ClientOperation extends ObservedPart {
  readonly span: Span;
  /** The context in which the other system is asked. */
  readonly context: Context;
  /** Adds what is known only afterwards to span and metric. */
  note(attributes: Attributes): void;
}

/** What is known of an operation when it begins. */
export interface OperationStart {
  readonly name: string;
  readonly kind?: SpanKind;
  /** What span and metric have both: of few different values. */
  readonly attributes: Attributes;
  /** What only the span has. */
  readonly details?: Attributes;
  /** Where the duration goes. */
  readonly duration?: (() => Histogram) | undefined;
  /** What it is part of; the active context if left out. */
  readonly parent?: Context;
  /** Names an error for `error.type`. */
  readonly errorType?: (error: unknown) => string;
}

/** Begins an operation. It works without telemetry, too, and costs little then. */
export function beginOperation(start: OperationStart): ClientOperation {
  const { name, kind = SpanKind.CLIENT, attributes, details, duration } = start;
  const parent = start.parent ?? context.active();
  const span = trace
    .getTracer(scopeName, version)
    .startSpan(name, { kind, attributes: { ...attributes, ...details } }, parent);
  const inside = trace.setSpan(parent, span);
  const startedAt = performance.now();
  let noted: Attributes = attributes;
  return {
    span,
    context: inside,
    run: (work) => context.with(inside, work),
    note(more) {
      span.setAttributes(more);
      noted = { ...noted, ...more };
    },
    end(error) {
      if (error !== undefined) {
        const type = (start.errorType ?? errorType)(error);
        failSpan(span, error, type);
        noted = { ...noted, [attr.errorType]: type };
      }
      span.end();
      duration?.().record((performance.now() - startedAt) / 1000, noted);
    },
  };
}

/** Runs an operation that ends with a promise. */
export async function runOperation<T>(
  operation: ClientOperation,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await operation.run(work);
    operation.end();
    return result;
  } catch (error) {
    operation.end(error);
    throw error;
  }
}
