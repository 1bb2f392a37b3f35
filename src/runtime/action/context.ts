import type { ActionResponse } from "./call.ts";
import type { ContextKey } from "./context-key.ts";
import type { AnyAction } from "./contract.ts";
import type { HeaderReader, HeaderWriter } from "./headers.ts";
import type { Logger } from "./logger.ts";

/**
 * What is known about a call, whether it was routed yet or not: what hooks see
 * that run for every call.
 *
 * A context is frozen: writing to it throws. Identity is what the caller says
 * unless the door checked a secret: see `authenticated`.
 */
export interface CallContext extends Readonly<Identity> {
  /** The door through which the call came, for example `callback` or `connect`. */
  readonly door: string;
  /** Whether the call is, or becomes, a job. */
  readonly stage: CallStage;
  /** The called action; undefined until the call is routed. */
  readonly action: AnyAction | undefined;
  /** When the budget of the call ends, in milliseconds since 1970; infinite without one. */
  readonly deadline: number;
  /**
   * Aborted when the budget ends (the reason is a `TimeoutError`) or the caller
   * goes away (an `AbortError`), never after a success.
   */
  readonly signal: AbortSignal;
  /** The headers of the request. */
  readonly headers: HeaderReader;
  /** Writes log lines that carry the trace id and the action's name. */
  readonly log: Logger;

  /** The value of a typed attribute, or the key's default. */
  get<T>(key: ContextKey<T>): T;
}

/**
 * How a call has to do with jobs: its handler answers it (`direct`, as almost
 * always); it is stored as a job, and answered with a receipt unless the job
 * ends soon (`submission`); it is the run of a job, whose submission has passed
 * hooks and middleware before (`job`).
 *
 * A submission is known as such once it is routed.
 */
export type CallStage = "direct" | "submission" | "job";

/** Who calls, and what belongs to the caller. */
export interface Identity {
  /** True if the door verified a signature or key of this call. */
  authenticated: boolean;
  /** Empty if the caller did not say it, as all that follows but the trace id. */
  botId: string;
  userId: string;
  conversationId: string;
  connectorId: string;
  eventId: string;
  /** 32 lowercase hex digits; from `traceparent` if the call has one, else random. */
  traceId: string;
  /**
   * BCP 47 language tag, for example `zh-CN`: what the call says, else what
   * `accept-language` wants most.
   */
  locale: string;
  /** For example `mobile` or `desktop`: what the call says, else what its headers hint at. */
  deviceClass: string;
}

/** What a middleware can find out about a caller. */
export type CallerIdentity = Partial<Omit<Identity, "traceId">>;

/** What a handler sees of its call. */
export interface ActionContext extends CallContext {
  readonly action: AnyAction;

  /** The same context with one more attribute. */
  with<T>(key: ContextKey<T>, value: T): ActionContext;
}

/**
 * What a middleware sees: the context and, on demand, the typed request. It
 * hands values on to what is inside of it with `next(context.with(key, value))`.
 */
export interface MiddlewareContext extends ActionContext {
  /**
   * Decodes and validates the request, once however often it is asked for.
   * Rejects with the `ActionError` that the call would fail with.
   */
  request(): Promise<unknown>;
  with<T>(key: ContextKey<T>, value: T): MiddlewareContext;
  /** The same context of a caller about whom more is known, for example from a token. */
  withIdentity(identity: CallerIdentity): MiddlewareContext;
  /**
   * Headers of the answer if the call succeeds, by lower-case name. An error
   * brings its own, see `ActionError.metadata`.
   */
  readonly responseHeaders: HeaderWriter;
  /**
   * Tells what the handler answered if it does so after the call has failed, for
   * example at its deadline, when `next()` rejects and nobody gets the answer
   * any more. A listener that fails is logged. Of streams it tells nothing.
   */
  onLateResponse(listener: LateListener): void;
}

/** Takes a response that comes too late, as the handler gave it. */
export type LateListener = (response: ActionResponse) => void | Promise<void>;

/**
 * What `onRequestStart` sees: identity and trace are writable, and attributes
 * can be set. What it writes wins over what the door reads from the request.
 * After the hook it is closed: writing throws.
 */
export interface StartContext extends Omit<CallContext, keyof Identity>, Identity {
  set<T>(key: ContextKey<T>, value: T): void;
}
