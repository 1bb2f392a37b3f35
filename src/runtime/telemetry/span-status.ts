import { type Span, SpanStatusCode } from "@opentelemetry/api";
import type { Code } from "../action/code.ts";
import { ActionError } from "../action/error.ts";
import { attr } from "./semconv.ts";

/**
 * The codes for which a server is to blame. With the others a server did what
 * it should, so that its span is no error:
 * https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/.
 */
const serverFaults: ReadonlySet<Code> = new Set([
  "unknown",
  "deadline_exceeded",
  "unimplemented",
  "internal",
  "unavailable",
  "data_loss",
]);

/** The codes behind which there is a bug, whose stack is worth keeping. */
const bugs: ReadonlySet<Code> = new Set(["unknown", "internal", "data_loss"]);

/** Marks the span of a call that a server answered with an error. */
export function failServerSpan(span: Span, error: ActionError): void {
  span.setAttribute(attr.errorType, error.code);
  if (serverFaults.has(error.code)) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  }
  if (bugs.has(error.code)) {
    span.recordException(error.cause instanceof Error ? error.cause : error);
  }
}

/** Marks the span of something that failed. Messages may quote anything: only the type is kept. */
export function failSpan(span: Span, error: unknown, type = errorType(error)): void {
  span.setAttribute(attr.errorType, type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** What an error is called where few different values are wanted. */
export function errorType(error: unknown): string {
  if (error instanceof ActionError) {
    return error.code;
  }
  return error instanceof Error && error.name !== "" ? error.name : "_OTHER";
}
