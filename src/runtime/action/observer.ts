import type { CallContext } from "./context.ts";
import type { HeaderReader } from "./headers.ts";
import type { RequestEnd } from "./hooks.ts";
import { isPromiseLike } from "./promise.ts";

/**
 * Watches calls from within, as tracing does: what belongs to a call, or to a
 * part of it, runs inside of its watcher. Hooks are told of the points between.
 *
 * Observers neither fail nor delay calls: they throw nothing, and run at once
 * what they are given to run.
 */
export interface CallObserver {
  /** A call came in. */
  begin(start: CallStart): ObservedCall;
}

/** What is known of a call when it comes in. It goes on telling what is found out later. */
export interface CallStart {
  /** The door's name, for example `callback`. */
  readonly door: string;
  readonly headers: HeaderReader;
  /** The trace id of the call: 32 lowercase hex digits. */
  readonly traceId: string;
  /** True if `traceId` may still become another, until `settled()` is called. */
  readonly traceIsOpen: boolean;
  /**
   * The trace id that the door derives from the request, where the call has a
   * `traceparent` that goes before it.
   */
  readonly linkedTraceId: string | undefined;
  /** Makes the call part of a trace that the observer knows about. */
  setTraceId(traceId: string): void;
}

/** Something that code runs inside of. */
export interface Scope {
  run<T>(work: () => T): T;
}

/** A call that is watched. */
export interface ObservedCall extends Scope {
  /** The trace id is final. Called if it was open, unless the call ends before. */
  settled(): void;
  /** Caller and action are known. The service is the full name of the action's. */
  routed(context: CallContext, service: string): void;
  /** A part of the call begins; undefined if nobody wants to know. */
  part(kind: PartKind, name: string): ObservedPart | undefined;
  /** The call is over. Called exactly once. */
  ended(context: CallContext, end: RequestEnd): void;
}

/** The parts of a call: decoding together with validation, one middleware, the handler. */
export type PartKind = "validate" | "middleware" | "handler";

/** A part of a call that is watched. */
export interface ObservedPart extends Scope {
  /** The part is over. Called exactly once, with what it failed with, if it failed. */
  end(error?: unknown): void;
}

/** Runs a part of a call, watched if someone watches. */
export function runPart<T>(
  call: ObservedCall | undefined,
  kind: PartKind,
  name: string,
  work: () => T,
): T {
  const part = call?.part(kind, name);
  if (part === undefined) {
    return work();
  }
  let result: T;
  try {
    result = part.run(work);
  } catch (error) {
    part.end(error);
    throw error;
  }
  if (isPromiseLike(result)) {
    result.then(
      () => part.end(),
      (error: unknown) => part.end(error),
    );
  } else {
    part.end();
  }
  return result;
}
