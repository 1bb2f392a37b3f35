import type { Attributes } from "./attributes.ts";
import type { Identity } from "./context.ts";
import type { AnyAction } from "./contract.ts";
import type { ActionError } from "./error.ts";
import type { CallGrant } from "./grant.ts";
import type { HeaderReader, HeaderWriter } from "./headers.ts";
import type { ImplementedAction } from "./implement.ts";
import type { Receipt } from "./job-queue.ts";

/** One call as a door hands it to the pipeline. */
export interface Call {
  /** The door's name, for example `callback`. */
  readonly door: string;
  readonly headers: HeaderReader;
  /** The longest that the door lets a call take, in milliseconds. */
  readonly budgetMs: number;
  /** The time that the caller itself allows, in milliseconds, if it said so. */
  readonly callerTimeoutMs?: number | undefined;
  /** Aborted when the caller goes away. */
  readonly signal?: CallerSignal | undefined;
  /** Whether the door can deliver a stream for this call. */
  readonly streaming: boolean;
  /**
   * Whether the door can deliver a receipt for a call of an asynchronous action.
   * Without it the caller waits for the result.
   */
  readonly receipts?: boolean | undefined;
  /**
   * True for the run of a job: the call that asked for it has passed hooks and
   * middleware before. Overload does not turn it away.
   */
  readonly job?: boolean | undefined;
  /** True if the route may bring the trace id of the call. */
  readonly traceFromRoute?: boolean | undefined;
  /**
   * Finds out what is called and by whom: reads the body, checks signature or
   * key, opens the envelope. Runs inside the pipeline, so that what it throws
   * passes the hooks. A call whose route is there at once sets no timer before its
   * handler makes it wait.
   */
  route(): Route | PromiseLike<Route>;
}

/**
 * Tells when a caller goes away. Every `AbortSignal` does; a door that has many
 * calls may bring something lighter.
 */
export interface CallerSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What a door found out about a call. */
export interface Route {
  /** The name of the action; undefined if the caller left it out. */
  readonly action: string | undefined;
  /**
   * The action itself, if it is the door's own: one that no other door can call,
   * as the pipeline's registry does not know it.
   */
  readonly own?: ImplementedAction | undefined;
  /** What the call may use; everything if left out. */
  readonly grant?: CallGrant | undefined;
  /** What the caller says of itself, as far as it does. */
  readonly identity?: Partial<Identity>;
  /** What else the door read, for the contexts of the call. Those that hooks set win. */
  readonly attributes?: Attributes | undefined;
  /** Turns the door's wire form into the typed request of the action. */
  decode(action: AnyAction): unknown;
}

/** How a call ended. The door encodes it. */
export type Outcome = Success | Failure;

/** The action answered. */
export interface Success {
  readonly ok: true;
  readonly action: AnyAction;
  readonly response: ActionResponse;
  readonly traceId: string;
  readonly headers: HeaderWriter;
}

/**
 * The response message of an action, the stream of them, or the receipt for
 * one that comes later.
 *
 * Whoever gets the outcome of a streaming action iterates the messages to their
 * end, or calls `return()`: the call is over only then. Iterating may throw an
 * `ActionError`.
 */
export type ActionResponse =
  | { readonly kind: "unary"; readonly message: unknown }
  | { readonly kind: "stream"; readonly messages: AsyncIterable<unknown> }
  | { readonly kind: "receipt"; readonly receipt: Receipt };

/** The call failed. */
export interface Failure {
  readonly ok: false;
  /** Undefined if the call failed before it was routed. */
  readonly action: AnyAction | undefined;
  readonly error: ActionError;
  /**
   * True if the action ran, or at least its request was read: an outcome of
   * the action. False if the call was refused before.
   */
  readonly ran: boolean;
  readonly traceId: string;
  readonly headers: HeaderWriter;
}
