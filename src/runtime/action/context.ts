import type { AnyAction } from "./contract.ts";
import type { ContextKey } from "./context-key.ts";
import type { HeaderReader } from "./headers.ts";
import type { Logger } from "./logger.ts";

/**
 * What is known about a call. Handlers, middleware and most hooks see it
 * frozen; a middleware hands values on with `next(context.with(key, value))`.
 *
 * Identity is what the caller says unless the door checked a secret: see
 * `authenticated`.
 */
export interface ActionContext {
  /** The door through which the call came, for example `callback` or `connect`. */
  readonly door: string;
  /** The called action; undefined until the call is routed. */
  readonly action: AnyAction | undefined;
  /** True if the door verified a signature or key of this call. */
  readonly authenticated: boolean;
  /** Empty if the caller did not say it, as all identities below. */
  readonly botId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly connectorId: string;
  readonly eventId: string;
  /** 32 lowercase hex digits; from `traceparent` if the call has one. */
  readonly traceId: string;
  /** BCP 47 language tag, for example `zh-CN`. */
  readonly locale: string;
  /** For example `mobile` or `desktop`. */
  readonly deviceClass: string;
  /** When the budget of the call ends, in milliseconds since 1970. */
  readonly deadline: number;
  /** Aborted when the budget ends or the caller goes away. */
  readonly signal: AbortSignal;
  /** The headers of the request. */
  readonly headers: HeaderReader;
  /** Writes log lines that carry the trace id and the action's name. */
  readonly log: Logger;

  /** The value of a typed attribute, or the key's default. */
  get<T>(key: ContextKey<T>): T;

  /** The same context with one more attribute. */
  with<T>(key: ContextKey<T>, value: T): ActionContext;
}

/** What a middleware sees: the context and, on demand, the typed request. */
export interface MiddlewareContext extends ActionContext {
  /** Decodes and validates the request, once however often it is asked for. */
  request(): Promise<unknown>;
  with<T>(key: ContextKey<T>, value: T): MiddlewareContext;
}

/** What `onRequestStart` may change: the trace and the identity. */
export type Identity = {
  -readonly [K in
    | "authenticated"
    | "botId"
    | "userId"
    | "conversationId"
    | "connectorId"
    | "eventId"
    | "traceId"
    | "locale"
    | "deviceClass"]: ActionContext[K];
};

/** The context in `onRequestStart`: trace and identity are writable. */
export interface StartContext extends Omit<ActionContext, keyof Identity | "with">, Identity {
  set<T>(key: ContextKey<T>, value: T): void;
}
