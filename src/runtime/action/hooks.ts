import type { Outcome } from "./call.ts";
import type { ActionContext, CallContext, StartContext } from "./context.ts";
import type { ActionError } from "./error.ts";

/**
 * Functions that a server calls at the five points in the life of every call,
 * good or bad. Of several sets the first is called first, at every point.
 *
 * All but `onRequestEnd` delay the answer until they are done, within the
 * call's budget.
 */
export interface Hooks {
  /**
   * The call came in; nothing of it was read but its headers. Trace and
   * identity are writable. Throwing fails the call.
   */
  onRequestStart?(context: StartContext): void | Promise<void>;

  /** The action and the caller are known, the request is not read yet. Throwing fails the call. */
  onRouteMatch?(context: ActionContext): void | Promise<void>;

  /**
   * The outcome is about to leave: `outcome.headers` is writable. For a stream
   * that is with its first message. Throwing turns a success into an error, and
   * drops the headers that were set; of a failure it changes nothing.
   */
  onResponseCommit?(context: CallContext, outcome: Outcome): void | Promise<void>;

  /** The call failed, or its stream broke off. Throwing is logged and changes nothing. */
  onError?(context: CallContext, error: ActionError): void | Promise<void>;

  /**
   * The call is over: always last, exactly once; for a stream when it ended.
   * The answer does not wait for it. Throwing is logged and changes nothing.
   */
  onRequestEnd?(context: CallContext, end: RequestEnd): void | Promise<void>;
}

/** How a call went. */
export interface RequestEnd {
  /** Undefined after a success. */
  readonly error: ActionError | undefined;
  /** From the call's start to its end, in milliseconds. */
  readonly durationMs: number;
  /** How many messages left: 1 for a unary success, 0 for a failure. */
  readonly messages: number;
}
